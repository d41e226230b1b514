import { expect, test } from "vitest";
import { chooseBlend, fitPriors, likeliestReadings } from "../../../src/lab/sentiment/choose-blend.ts";
import { openGates } from "../../../src/lab/sentiment/open-gates.ts";
import type { ReadWriter } from "../../../src/lab/sentiment/read-writers.ts";
import { calibrationOf, judgeReadings, scoreMethods } from "../../../src/lab/sentiment/score-methods.ts";
import { readByMethods } from "../../../src/lab/sentiment/sentiment-methods.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { scale } from "../../tone/tone-texts.ts";
import { drawWriters } from "./drawn-writers.ts";

/** Prompts that change nothing, and such that read everything wrongly. */
const idle = ({ later }: ReadWriter) => {
  const own = later.map(({ latent }) => latent);
  return { own, others: own };
};
const harmful = ({ later }: ReadWriter) => {
  const own = later.map(({ latent }) => -latent);
  return { own, others: own };
};

test("Where writers differ, what is chosen on some of them helps the others, and a wrong writer's labels harm.", async () => {
  const [tuning, targets] = [drawWriters(30, 1.5, 1), drawWriters(40, 1.5, 2)];
  const { scale: fitted, priors } = await fitPriors(tuning, scale);
  expect(priors.bias.bias).toBeGreaterThan(0.3);
  const blend = chooseBlend(tuning, tuning.map(idle), fitted, priors.field);
  const latents = readByMethods(targets, targets.map(idle), { scale: fitted, priors, blend });
  const random = createRandom(1);
  const gates = openGates(targets, fitted);
  const options = { scale: fitted, classes: 2, gates, random } as const;
  const { methods: scores, gated } = scoreMethods(targets, latents, options);
  expect(scores.general.difference).toEqual({ mean: 0, low: 0, high: 0 });
  expect(scores.prompts).toEqual(scores.general);
  expect(scores.bias.difference.low).toBeGreaterThan(0);
  expect(scores.personal.difference.low).toBeGreaterThan(0);
  expect(scores.wrongWriter.difference.high).toBeLessThan(0);
  expect(gates).toContain(true);
  expect(gates).toContain(false);
  expect(gated.difference.mean).toBeGreaterThan(0);
  expect(gated.writersWorse).toBeLessThan(scores.personal.writersWorse);
  expect(scores.personal.accuracy - scores.general.accuracy).toBeCloseTo(scores.personal.difference.mean, 12);
});

test("Where writers do not differ, next to nothing is moved.", async () => {
  const tuning = drawWriters(20, 0, 3);
  const { priors } = await fitPriors(tuning, scale);
  const blend = { prompts: 0, field: 1 };
  const [first] = readByMethods(tuning, tuning.map(idle), { scale, priors, blend });
  first!.personal.forEach((latent, at) => {
    expect(Math.abs(latent - first!.general[at]!)).toBeLessThan(0.25);
  });
});

test("Prompts that harm get no share in the blend, and the better recipe is kept.", () => {
  const tuning = drawWriters(10, 1, 4);
  const prior = { bias: 1, spread: 0, taste: 0, near: 0, reach: 0.15 };
  expect(chooseBlend(tuning, tuning.map(harmful), scale, prior).prompts).toBe(0);
  expect(likeliestReadings(tuning, [tuning.map(harmful), tuning.map(idle)], scale)).toBe(1);
});

test("Withholding unsure readings lowers the risk, and readings as drawn are about as sure as right.", () => {
  const writers = drawWriters(60, 0, 5);
  const latents = writers.map(({ later }) => later.map(({ latent }) => latent));
  const answers = judgeReadings(writers, latents, { scale, classes: 2 });
  const { expectedCalibrationError, risk, sure } = calibrationOf(answers, 0.9);
  expect(expectedCalibrationError).toBeLessThan(0.04);
  expect(sure.risk).toBeLessThan(risk);
  expect(sure.coverage).toBeGreaterThan(0.1);
  expect(sure.coverage).toBeLessThan(1);
  expect(calibrationOf(answers, undefined).sure).toEqual({ coverage: 0, risk: 0 });
});

test("Where prompts say labels of their own, these count, and the blend keeps its latent valences.", async () => {
  const writers = drawWriters(10, 1, 4);
  const { priors } = await fitPriors(writers, scale);
  const chosen = { scale, priors, blend: { prompts: 1, field: 0 } };
  const latents = readByMethods(writers, writers.map(idle), chosen);
  const options = { scale, classes: 2, gates: writers.map(() => true), random: createRandom(1) } as const;
  const promptLabels = writers.map(({ later }, at) =>
    at === 0 ? undefined : later.map(({ opinion }) => opinion.label),
  );
  const { methods } = scoreMethods(writers, latents, { ...options, promptLabels });
  const first = scoreMethods(writers.slice(0, 1), latents.slice(0, 1), options).methods.prompts.accuracy;
  expect(methods.prompts.accuracy).toBeCloseTo((first + 9) / 10, 12);
  expect(methods.personal).toEqual(scoreMethods(writers, latents, options).methods.personal);
});
