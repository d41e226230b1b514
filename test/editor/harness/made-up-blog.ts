import { madeUpPassage } from "../../voice/made-up-writers.ts";

const things =
  "lantern,kettle,ferry,orchard,ladder,piano,bicycle,harbour,museum,oven,garden,bridge,radio,chapel".split(
    ",",
  );

/** The writer's one habit: most sentences end in a dash and an afterthought. */
export const madeUpParagraph = (thing: string, at: number): string =>
  [
    `The ${thing} was a lovely surprise this morning.`,
    `We looked at the ${thing} for an hour before it began to rain.`,
    `Nothing about the ${thing} works as it should.`,
    `I wrote to the owner of the ${thing} about the price and the date.`,
    madeUpPassage("dashes", at),
  ].join(" ");

const post = (thing: string, at: number): string =>
  `---
title: The ${thing}
date: 2024-03-${String(at + 1).padStart(2, "0")}
tags: [${at % 2 === 0 ? "harbour" : "at home"}]
---

${madeUpParagraph(thing, at)}
`;

/** Posts of a made-up writer and a draft. Fewer than 2,000 words in all, so that learning takes seconds. */
export const madeUpBlog: Readonly<Record<string, string>> = {
  ...Object.fromEntries(things.map((thing, at) => [`${thing}.md`, post(thing, at)])),
  // Too few words to be asked about.
  "draft.md": "We love our boat.\n",
};

/** Words of the draft, which are positive in general. */
export const madeUpDraft = "love our boat";

/**
 * The key that this writer presses when asked about a sentence of the posts. The other habit: everything is meant less
 * kindly than it reads. Praise is neutral, and plain sentences are negative.
 */
export const madeUpAnswer = (sentence: string): string =>
  sentence.includes("lovely") ? "3" : sentence.startsWith("Nothing") ? "1" : "2";
