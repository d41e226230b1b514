import { describe, expect, it } from "vitest";
import { voiceBlocks } from "../../../src/editor/voice/voice-blocks.ts";
import type { VoiceParagraphReading } from "../../../src/protocol/voice.ts";
import { untranslated } from "../../../src/words/translate.ts";

const place = { start: { line: 4, character: 0 }, end: { line: 6, character: 3 } };
const paragraph: VoiceParagraphReading = {
  range: place,
  text: "We went on.",
  lower: 0.82,
  turns: [{ text: "went on", range: place }],
  near: [{ text: "And on we went.", path: "/blog/2020-on.md" }],
};

const blocksOf = (...paragraphs: readonly VoiceParagraphReading[]) =>
  voiceBlocks("draft.md", { kind: "read", paragraphs }, untranslated);
const textsOf = (paragraphs: readonly VoiceParagraphReading[]) =>
  blocksOf(...paragraphs).flatMap((block) => ("text" in block ? [block.text] : []));

describe("The panel on a voice", () => {
  it("tells of each paragraph its score, the words least like the writer, and the writer's own.", () => {
    expect(textsOf([paragraph]).slice(2)).toEqual([
      "Line 5: sounds like you: 8 of 10 of your own paragraphs score lower",
      "Least like you: “went on”",
      "You wrote: “And on we went.” (2020-on.md)",
    ]);
  });

  it("marks these words in the paragraph, each once.", () => {
    const turns = ["on we", "went", "on we"].map((text) => ({ text, range: place }));
    const text = "And on we went, and on we went.";
    expect(blocksOf({ ...paragraph, text, turns })).toContainEqual({
      kind: "marked",
      parts: [
        { text: "And ", isMarked: false },
        { text: "on we", isMarked: true },
        { text: " ", isMarked: false },
        { text: "went", isMarked: true },
        { text: ", and ", isMarked: false },
        { text: "on we", isMarked: true },
        { text: " went.", isMarked: false },
      ],
    });
    const elsewhere = blocksOf({ ...paragraph, turns: [{ text: "in other words", range: place }] });
    expect(elsewhere).toContainEqual({ kind: "marked", parts: [{ text: "We went on.", isMarked: false }] });
  });

  it("shows of a long passage of the writer's how it begins.", () => {
    const long = "And on we went. ".repeat(30);
    const texts = textsOf([{ ...paragraph, near: [{ text: long, path: "/blog/on.md" }] }]);
    const told = `${"And on we went. ".repeat(10).trimEnd()} …`;
    expect(texts.at(-1)).toBe(`You wrote: “${told}” (on.md)`);
    const unbroken = textsOf([{ ...paragraph, near: [{ text: "x".repeat(400), path: "/blog/on.md" }] }]);
    expect(unbroken.at(-1)).toBe(`You wrote: “${"x".repeat(160)} …” (on.md)`);
  });

  it("says where there are too few words, and that nobody is found out.", () => {
    const texts = textsOf([{ ...paragraph, lower: null, turns: [], near: [] }]);
    expect(texts).toContain("Line 5: too short to tell");
    expect(texts[1]).toContain("does not tell who wrote it");
  });

  it("says why nothing is told.", () => {
    const reading = { kind: "closed", reason: "it is switched off" } as const;
    expect(voiceBlocks("draft.md", reading, untranslated)[1]).toEqual({
      kind: "text",
      text: "Nothing is said: it is switched off.",
    });
  });
});
