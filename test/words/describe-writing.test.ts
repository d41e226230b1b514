import { describe, expect, it } from "vitest";
import {
  describeHabit,
  describeOwnWords,
  describeShortWriting,
  describeWordsUsedOwnWay,
} from "../../src/words/describe-writing.ts";

describe("A writer's own words", () => {
  it("are told with how many times as often they are used.", () => {
    const words = [
      { word: "perhaps", times: 12.4 },
      { word: "oar", times: 4.26 },
    ];
    expect(describeOwnWords({ others: 44, words })).toBe(
      "Common words that you use more often than 44 bloggers do, and how many times: perhaps (12 ×), oar (4.3 ×).",
    );
    expect(describeOwnWords({ others: 44, words: [] })).toMatch(/^There is no common word/);
  });

  it("that are used in a way of one's own are told by themselves, or that there are none.", () => {
    const words = [{ word: "proper" }, { word: "grand" }];
    expect(describeWordsUsedOwnWay({ words })).toBe(
      "Words that you use in a way of your own: proper, grand.",
    );
    expect(describeWordsUsedOwnWay({ words: [] })).toMatch(/none is surely used in a way of your own/);
  });

  it("are not told of too little text, and it says how much is needed.", () => {
    expect(
      describeShortWriting({ documents: 1, words: 4_200, fewestDocuments: 12, fewestWords: 5_000 }),
    ).toBe(
      "Too little is written in English to tell: 4,200 words in 1 document. At least 5,000 words in 12 documents are needed.",
    );
  });
});

describe("A habit", () => {
  it("is a sentence with the writer's figure and that of others.", () => {
    expect(describeHabit({ kind: "sentenceWords", own: 21.3, others: 17.4 })).toBe(
      "Your sentences have 21 words on average, those of others 17.",
    );
    expect(describeHabit({ kind: "semicolons", own: 3.14, others: 1.2 })).toBe(
      "In a thousand words you put 3.1 semicolons, others 1.2.",
    );
  });
});
