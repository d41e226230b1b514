import { expect, test } from "vitest";
import { type LearningEvidence, learningSigns } from "../../../src/profile/watching/learning-signs.ts";

const figures = (loss: number) => ({ loss, perplexity: Math.exp(loss), top1: 0.3 });
const interval = (mean: number, half = 0.01) => ({ mean, low: mean - half, high: mean + half });

/** A run in which all went well. */
const sound: LearningEvidence = {
  words: 50_000,
  curve: [
    { epoch: 0, step: 0, heldOut: figures(4.4) },
    { epoch: 1, step: 50, trainLoss: 4.2, heldOut: figures(4.3) },
  ],
  masking: { toShared: interval(-0.1), toBase: interval(-0.3), change: 0.1 },
  echo: { divergence: 0.1, gain: 0.1, isExceeded: false },
};

const kinds = (evidence: Partial<LearningEvidence>) =>
  learningSigns({ ...sound, ...evidence }).map(({ kind }) => kind);

test("Where all went well there is nothing to tell.", () => {
  expect(kinds({})).toEqual([]);
});

test("Too little text is told with the number of words.", () => {
  const [sign] = learningSigns({ words: 1_999, curve: [] });
  expect(sign).toMatchObject({
    kind: "tooLittleText",
    message: expect.stringContaining("1,999 words of 2,000"),
  });
});

test("A held-out loss that does not fall is flat, whatever the training loss does.", () => {
  const flat = [
    { epoch: 0, step: 0, heldOut: figures(4.4) },
    { epoch: 1, step: 50, trainLoss: 4.2, heldOut: figures(4.3985) },
    { epoch: 2, step: 99, trainLoss: 3.9, heldOut: figures(4.5) },
  ];
  expect(kinds({ curve: flat })).toEqual(["lossFlat"]);
});

test("Without held-out text the training loss says whether it is flat.", () => {
  const trained = (...losses: readonly number[]) => [
    { epoch: 0, step: 0 },
    ...losses.map((trainLoss, at) => ({ epoch: at + 1, step: 10 * at, trainLoss })),
  ];
  expect(kinds({ curve: trained(4.4, 4.395) })).toEqual(["lossFlat"]);
  expect(kinds({ curve: trained(4.4, 4.3) })).toEqual([]);
  expect(kinds({ curve: trained(4.4) })).toEqual([]);
});

test("Prompts whose absence changes nothing are ignored ones.", () => {
  const masking = { toShared: interval(0, 1e-5), toBase: interval(-0.2), change: 2e-5 };
  expect(kinds({ masking })).toEqual(["promptIgnored"]);
});

test("Prompts that change documents in both ways are not ignored.", () => {
  const masking = { toShared: interval(0, 0.05), toBase: interval(-0.2), change: 0.04 };
  expect(kinds({ masking })).toEqual([]);
});

test("Worse than the shared prompts, and worse than none, are told apart.", () => {
  const masking = { toShared: interval(0.05), toBase: interval(-0.2), change: 0.05 };
  expect(kinds({ masking })).toEqual(["worseThanShared"]);
  expect(kinds({ masking: { ...masking, toBase: interval(0.02) } })).toEqual([
    "worseThanShared",
    "worseThanBase",
  ]);
});

test("Numbers that are none, memory that ran out and echo are told with what was done.", () => {
  const echo = { divergence: 0.8, gain: -0.01, isExceeded: true };
  const signs = learningSigns({ ...sound, brokenStep: 7, sparedTokensPerRun: 128, echo });
  expect(signs.map(({ kind }) => kind)).toEqual(["notFinite", "outOfMemory", "echo"]);
  expect(signs[0]!.message).toContain("step 7");
  expect(signs[1]!.message).toContain("128 tokens");
  expect(signs[2]!.message).toContain("0.800 nats a word, and your texts justify only −0.010");
});
