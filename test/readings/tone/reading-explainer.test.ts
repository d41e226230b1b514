import { expect, test } from "vitest";
import {
  type ExplanationKind,
  explanationKinds,
  ReadingExplainer,
} from "../../../src/readings/tone/reading-explainer.ts";
import { readSentences } from "../../../src/readings/tone/sentence-reader.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { openBlogModel } from "../../profile/blog-model.ts";

const model = await openBlogModel();

async function explain(kind: ExplanationKind, text: string, plain = text, start = 0) {
  const encoder = new TextEncoder(model, { threads: 1 });
  const explainer = new ReadingExplainer({ model, id: "tiny" }, encoder, { kind, threads: 1, steps: 64 });
  const explanation = await explainer.explain({ text, plain, start });
  const [reading] = await readSentences({ model, encoder, general: undefined }, [plain]);
  await explainer.release();
  await encoder.release();
  return { ...explanation, reading: reading!.latent };
}

test.each(explanationKinds)(
  "The words of %s and what they leave unexplained add up to the reading.",
  async (kind) => {
    const { words, latent, baselineLatent, completenessError, reading } = await explain(
      kind,
      "She *had* no time &amp; made a boat.",
      "She had no time & made a boat.",
      7,
    );
    const sum = words.reduce((total, { weight }) => total + weight, 0);
    expect(baselineLatent + sum + completenessError).toBeCloseTo(latent, 5);
    expect(latent).toBeCloseTo(reading, 5);
    expect(words.map(({ text }) => text)).toEqual([
      "She",
      "had",
      "no",
      "time",
      "&",
      "made",
      "a",
      "boat",
      ".",
    ]);
    expect(words[1]).toMatchObject({ start: 12, end: 15 });
  },
);

test.each(explanationKinds)("The pieces of one written word are one word of %s.", async (kind) => {
  const { words, latent, baselineLatent, completenessError } = await explain(
    kind,
    "The *boat's* river isn't there.",
    "The boat's river isn't there.",
  );
  expect(words.map(({ text }) => text)).toEqual(["The", "boat's", "river", "isn't", "there", "."]);
  const sum = words.reduce((total, { weight }) => total + weight, 0);
  expect(baselineLatent + sum + completenessError).toBeCloseTo(latent, 5);
});

test("Integrated gradients and Shapley values leave next to nothing unexplained.", async () => {
  const text = "Nobody came to the bridge.";
  for (const kind of ["integrated", "shapley"] as const) {
    const { completenessError, latent, baselineLatent } = await explain(kind, text);
    expect(Math.abs(completenessError)).toBeLessThan(0.02 * Math.abs(latent - baselineLatent) + 1e-4);
  }
});

test("A sentence that is longer than the model is explained to its last word, and in long ones words share.", async () => {
  const text = `${Array.from({ length: 90 }, (_, at) => (at % 2 === 0 ? "river" : "boat")).join(" ")}.`;
  for (const kind of ["integrated", "shapley"] as const) {
    const { words, latent, reading } = await explain(kind, text);
    expect(words).toHaveLength(91);
    expect(latent).toBeCloseTo(reading, 4);
    expect(words.at(-2)!.weight).not.toBe(0);
  }
});
