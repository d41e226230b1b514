import { beforeAll, expect, test } from "vitest";
import { cutSentence } from "../../../src/learning/cut-document.ts";
import { MaskedLmMeasure, maskedLmFigures } from "../../../src/learning/masked-lm-measure.ts";
import type { Passage } from "../../../src/learning/passages.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { judgeEcho, measureEcho } from "../../../src/profile/watching/echo.ts";
import { personalPrompts, type SoftPrompts, zeroPrompts } from "../../../src/prompts/soft-prompts.ts";
import { openBlogModel } from "../blog-model.ts";

const model = await openBlogModel();
let passages: readonly Passage[];
beforeAll(() => {
  const texts = Array.from(
    { length: 12 },
    (_, at) => `She was ${at} days at the bridge with people, and it was long.`,
  );
  passages = texts.flatMap((text) => cutSentence(model, text));
});

function prompts(seed: string, size: number) {
  const zeros = zeroPrompts(model.config, 4);
  const random = createRandom(seed);
  return { ...zeros, values: zeros.values.map(() => size * random.normal()) };
}

const request = (size: number) => ({
  model,
  passages,
  shared: prompts("shared", 1),
  delta: prompts("delta", size),
  threads: 1,
});

test("Without a writer's part nothing diverges, at any strength.", async () => {
  const report = await measureEcho(request(0));
  expect(report!.masked).toBeGreaterThan(10);
  for (const { divergence, gain } of report!.strengths) {
    expect(divergence).toBeCloseTo(0, 5);
    expect(gain).toBeCloseTo(0, 5);
  }
  expect(report!.isExceeded).toBe(false);
});

test("Divergence is never negative and grows with strength.", async () => {
  const { strengths } = (await measureEcho(request(1)))!;
  const divergences = strengths.map(({ divergence }) => divergence);
  expect(divergences[0]).toBeGreaterThan(0);
  expect(divergences).toEqual(divergences.toSorted((a, b) => a - b));
});

test("Small divergence grows with the square of strength, as a divergence does.", async () => {
  // Smaller parts drown in the rounding of 32 bits.
  const [, half, , full] = (await measureEcho(request(0.5)))!.strengths.map(({ divergence }) => divergence);
  expect(full! / half!).toBeGreaterThan(3.4);
  expect(full! / half!).toBeLessThan(4.6);
});

test("The gain is the difference of the losses on the same hidden words.", async () => {
  const { shared, delta } = request(1);
  const { strengths, masked } = (await measureEcho(request(1)))!;
  const measure = new MaskedLmMeasure(model, 1);
  const scored = async (prompts: SoftPrompts) =>
    maskedLmFigures(await measure.scores(passages, prompts, "echo"))!.loss;
  const gain = (await scored(shared)) - (await scored(personalPrompts(shared, delta)));
  await measure.release();
  expect(masked).toBeGreaterThan(10);
  expect(strengths.at(-1)!.gain).toBeCloseTo(gain, 4);
});

test("Text in which nothing can be hidden is not measured.", async () => {
  const { cls, sep } = model.tokenizer.specialIds;
  const empty = { ids: Uint16Array.of(cls, sep), words: Uint16Array.of(0xffff, 0xffff) };
  expect(await measureEcho({ ...request(1), passages: [empty] })).toBeUndefined();
});

test("Divergence that the texts bear out is no echo, and divergence that they do not is one.", () => {
  const at = (divergence: number, gain: number) => judgeEcho(100, [{ strength: 1, divergence, gain }]);
  expect(at(0.3, 0.1)).toMatchObject({ limit: 0.4, isExceeded: false });
  expect(at(0.3, 0.02)).toMatchObject({ limit: 0.1, isExceeded: true });
  expect(at(0.05, -0.02)).toMatchObject({ limit: 0.1, isExceeded: false });
});
