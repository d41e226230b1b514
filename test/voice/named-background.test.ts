import { describe, expect, test } from "vitest";
import { decodeBackground, encodeBackground } from "../../src/voice/named-background.ts";
import { roundWeights, widenWeights } from "../../src/voice/rounded-weights.ts";
import { termNumbers } from "../../src/voice/term-counts.ts";
import { passageTerms } from "../../src/voice/voice-background.ts";

const common = new Set(["the", "of"]);
const assistant = widenWeights(roundWeights(new Float32Array(termNumbers).fill(0.5, 3, 5)));
const impostors = ["ann", "ben"].map((writer) => ({
  writer,
  terms: passageTerms(`The oars of ${writer}, the oars, and the oars again.`, common),
}));

describe("A background", () => {
  test("comes back from its bytes as it was.", () => {
    const bytes = encodeBackground({ common, impostors, assistant, rewritten: ["ann"] });
    const { id, ...background } = decodeBackground(bytes);
    expect(background).toEqual({ common, impostors, assistant, rewritten: ["ann"] });
    expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  test("holds none of the words that are not common.", () => {
    const bytes = encodeBackground({ common, impostors, assistant, rewritten: [] });
    expect(JSON.stringify([...decodeBackground(bytes).common])).not.toContain("oars");
  });
});
