import { beforeAll, expect, test } from "vitest";
import type { Passage } from "../../src/learning/passages.ts";
import { createRandom } from "../../src/learning/random.ts";
import { compareMaskedLm } from "../../src/profile/compare-masked-lm.ts";
import { judgeEcho, measureEcho } from "../../src/profile/prompt-divergence.ts";
import { cutSentence } from "../../src/profile/writer-passages.ts";
import { personalPrompts, zeroPrompts } from "../../src/prompts/soft-prompts.ts";
import { openBlogModel } from "./blog-model.ts";

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

test("The gain at full strength is the difference of the losses.", async () => {
  const { shared, delta, threads } = request(1);
  const { strengths, masked } = (await measureEcho(request(1)))!;
  const compared = await compareMaskedLm(
    model,
    passages,
    { shared, own: personalPrompts(shared, delta) },
    { threads },
  );
  // The masks are others, so the figures are alike and not the same.
  expect(compared!.masked).toBeGreaterThan(masked / 2);
  expect(strengths.at(-1)!.gain).toBeCloseTo(compared!.figures.shared.loss - compared!.figures.own.loss, 0);
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
