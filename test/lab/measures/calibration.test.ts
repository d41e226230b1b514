import fc from "fast-check";
import { expect, test } from "vitest";
import {
  confidenceForRisk,
  expectedCalibrationError,
  type JudgedAnswer,
  riskCoverage,
} from "../../../src/lab/measures/calibration.ts";

const answer = (confidence: number, isRight: boolean): JudgedAnswer => ({ confidence, isRight });

test("Confidence that is as high as the share of right answers has no calibration error.", () => {
  const answers = [answer(0.75, true), answer(0.75, true), answer(0.75, true), answer(0.75, false)];
  expect(expectedCalibrationError(answers)).toBeCloseTo(0, 12);
});

test("Bins count by their answers: three of four off by 0.1, the fourth by 0.9.", () => {
  const answers = [answer(0.9, true), answer(0.9, true), answer(0.9, true), answer(0.1, true)];
  expect(expectedCalibrationError(answers)).toBeCloseTo(0.75 * 0.1 + 0.25 * 0.9, 12);
  expect(expectedCalibrationError([])).toBe(0);
});

test("Risk grows with coverage where the surest answers are the right ones.", () => {
  const answers = [answer(0.6, false), answer(0.9, true), answer(0.8, true), answer(0.7, false)];
  expect(riskCoverage(answers)).toEqual([
    { coverage: 0.25, risk: 0, confidence: 0.9 },
    { coverage: 0.5, risk: 0, confidence: 0.8 },
    { coverage: 0.75, risk: 1 / 3, confidence: 0.7 },
    { coverage: 1, risk: 0.5, confidence: 0.6 },
  ]);
  expect(confidenceForRisk(answers, 0.4)).toBe(0.7);
  expect(confidenceForRisk([answer(0.9, false)], 0.4)).toBeUndefined();
});

test("Answers that are as sure as each other are given or withheld together.", () => {
  const answers = [answer(0.9, true), answer(0.7, true), answer(0.7, false), answer(0.7, false)];
  expect(riskCoverage(answers)).toEqual([
    { coverage: 0.25, risk: 0, confidence: 0.9 },
    { coverage: 1, risk: 0.5, confidence: 0.7 },
  ]);
  expect(confidenceForRisk(answers, 0.4)).toBe(0.9);
});

const answers = fc.array(
  fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), isRight: fc.boolean() }),
  { minLength: 1, maxLength: 40 },
);

test("All answers together have the risk of all, and a threshold keeps what it promises.", () => {
  fc.assert(
    fc.property(answers, fc.double({ min: 0, max: 1, noNaN: true }), (all, mostRisk) => {
      const wrong = all.filter(({ isRight }) => !isRight).length;
      expect(riskCoverage(all).at(-1)).toMatchObject({ coverage: 1, risk: wrong / all.length });
      const threshold = confidenceForRisk(all, mostRisk);
      const given = all.filter(({ confidence }) => threshold !== undefined && confidence >= threshold);
      const risk = given.filter(({ isRight }) => !isRight).length / Math.max(1, given.length);
      expect(risk).toBeLessThanOrEqual(mostRisk);
    }),
  );
});
