import { expect, test } from "vitest";
import { roundPage } from "../../../src/editor/teaching/round-page.ts";
import type { RoundOfQuestions } from "../../../src/protocol/lessons.ts";
import { valenceOfKey } from "../../../src/words/describe-round.ts";
import { untranslated as english } from "../../../src/words/translate.ts";

const round: RoundOfQuestions = {
  writer: "Ada",
  question: { sentence: "An adequate night.", path: "/blog/2023-a.md" },
  asked: 2,
  of: 12,
  tally: { answered: 2, generalRight: 1, ownRight: 2 },
  gate: { open: false, reason: "Not yet." },
};

test("A question says where it stands, where the sentence is from, and how readings did before the answers.", () => {
  expect(roundPage(round, english)).toMatchObject({
    progress: "Question 3 of 12",
    question: { sentence: "An adequate night.", from: "from “2023-a.md”" },
    tally: "Right before you answered: your own reading 2 of 2, the general one 1 of 2",
    note: "Not yet.",
  });
  const titled = { ...round, question: { ...round.question!, title: "The Night" } };
  expect(roundPage(titled, english).question!.from).toBe("from “The Night”");
});

test("There is a way back from all questions but the first, and from the end.", () => {
  expect(roundPage({ ...round, asked: 0 }, english).canGoBack).toBe(false);
  expect(roundPage(round, english).canGoBack).toBe(true);
});

test("Before the first answer there is no tally, and at the end no question.", () => {
  const tally = { answered: 0, generalRight: 0, ownRight: 0 };
  expect(roundPage({ ...round, tally }, english)).not.toHaveProperty("tally");
  const { question: _, ...over } = round;
  const page = roundPage(over, english);
  expect(page).not.toHaveProperty("question");
  expect(page.progress).toContain("2 answers are kept");
});

test("Buttons and the terminal's keys say the same.", () => {
  for (const { key, valence } of roundPage(round, english).texts.answers)
    expect(valenceOfKey(key)).toBe(valence);
  expect(["6", "", "10", "s"].map(valenceOfKey)).toEqual([undefined, undefined, undefined, undefined]);
});
