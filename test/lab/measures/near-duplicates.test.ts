import { describe, expect, it } from "vitest";
import { NearDuplicates } from "../../../src/lab/measures/near-duplicates.ts";

const measured = new NearDuplicates();
measured.add("It doesn't have much of a story, but the actors carry every scene with charm.");
measured.add("Lovely.");

describe("NearDuplicates", () => {
  it.each([
    [
      "in lower case with separated words",
      "it does n't have much of a story , but the actors carry every scene with charm .",
    ],
    ["with a part missing", "the actors carry every scene with charm"],
    [
      "inside a longer text",
      "A friend wrote: it doesn't have much of a story, but the actors carry every scene. I agree.",
    ],
    ["as a short text that is equal but for case and points", "LOVELY!!"],
  ])("finds a copy %s", (_, text) => {
    expect(measured.has(text)).toBe(true);
  });

  it.each([
    ["with some words in common", "The actors carry no scene, and the story is much too long."],
    ["that only contains a short measured text", "We had a lovely week by the sea."],
    ["of no words", "..."],
  ])("lets a text pass %s", (_, text) => {
    expect(measured.has(text)).toBe(false);
  });
});
