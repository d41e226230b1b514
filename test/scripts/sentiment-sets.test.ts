import { describe, expect, it } from "vitest";
import {
  classesOf,
  emotionsToLabel,
  goemotionsTexts,
  sst2Texts,
  sst5Phrases,
  ternaryTexts,
} from "../../scripts/model/sentiment-sets.ts";

describe("emotionsToLabel", () => {
  it("brings emotions of one group to three classes", () => {
    expect(emotionsToLabel(["anger", "sadness"])).toBe(0);
    expect(emotionsToLabel(["neutral"])).toBe(1);
    expect(emotionsToLabel(["joy", "gratitude"])).toBe(2);
  });

  it("leaves out what is ambiguous, contradictory, unknown or without emotions", () => {
    expect(emotionsToLabel(["surprise"])).toBeUndefined();
    expect(emotionsToLabel(["joy", "surprise"])).toBeUndefined();
    expect(emotionsToLabel(["joy", "anger"])).toBeUndefined();
    expect(emotionsToLabel(["neutral", "joy"])).toBeUndefined();
    expect(emotionsToLabel(["hunger"])).toBeUndefined();
    expect(emotionsToLabel([])).toBeUndefined();
  });
});

describe("labelled texts", () => {
  it("of SST with two classes leave the neutral ones out", () => {
    const rows = [0, 1, 2, 3, 4].map((label) => ({ text: `text ${label}`, label }));
    expect(sst2Texts(rows).map(({ text, label }) => [text, label])).toEqual([
      ["text 0", 0],
      ["text 1", 0],
      ["text 3", 1],
      ["text 4", 1],
    ]);
  });

  it("of GoEmotions read all labels, not the first", () => {
    const rows = [{ text: "Wow, thanks, I hate it", label: "gratitude", labels: ["gratitude", "anger"] }];
    expect(goemotionsTexts(rows)).toEqual([]);
  });

  it("of SST's phrases leave out short neutral ones alone", () => {
    const rows = [
      { text: "the film", label: 2 },
      { text: "a film about two brothers", label: 2 },
      { text: "dull", label: 1 },
    ];
    expect(sst5Phrases(rows).map(({ text }) => text)).toEqual(["a film about two brothers", "dull"]);
  });

  it("have as many classes as their set", () => {
    expect(ternaryTexts("tweeteval", [{ text: "meh", label: 1 }])).toEqual([
      { text: "meh", set: "tweeteval", label: 1, classes: 3 },
    ]);
    const sets = ["mr", "sst2", "goemotions3Dev", "tweeteval", "sst5", "sst5_phrases"];
    expect(sets.map(classesOf)).toEqual([2, 2, 3, 3, 5, 5]);
  });
});
