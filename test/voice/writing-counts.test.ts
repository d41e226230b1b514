import { describe, expect, it } from "vitest";
import { countWriting } from "../../src/voice/writing-counts.ts";

const habitsOf = (...sentences: string[]) => countWriting(sentences).habits;

describe("What is counted of a text", () => {
  it("is its sentences, and its words whatever their case and apostrophe.", () => {
    const { sentences, words, uses } = countWriting(["The boat’s late.", "Don’t ask the BOAT."]);
    expect({ sentences, words }).toEqual({ sentences: 2, words: 7 });
    expect([...uses]).toEqual([
      ["the", 2],
      ["boat's", 1],
      ["late", 1],
      ["don't", 1],
      ["ask", 1],
      ["boat", 1],
    ]);
  });

  it("is signs between words, not those within numbers, times and addresses.", () => {
    expect(habitsOf("At 10:30 it cost 1,000, not 900: see https://a.example/?b;c.")).toMatchObject({
      commas: 1,
      colons: 1,
      semicolons: 0,
      questions: 0,
      dashes: 0,
    });
    expect(
      habitsOf("Well-made — or so, (they) say - at last–minute prices; is it?!", "Really??"),
    ).toMatchObject({
      commas: 1,
      semicolons: 1,
      brackets: 1,
      dashes: 2,
      questions: 1,
      exclamations: 1,
    });
  });

  it("is short forms but no genitives, and whom the writer speaks of.", () => {
    expect(habitsOf("I'm sure we'll see Ann's boat, and you don’t.", "My own is ours.")).toMatchObject({
      contractions: 3,
      firstPerson: 2,
      firstPersonPlural: 2,
      secondPerson: 1,
    });
  });

  it("is nothing in no sentence.", () => {
    expect(countWriting([])).toMatchObject({ sentences: 0, words: 0 });
  });
});
