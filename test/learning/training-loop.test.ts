import { describe, expect, it } from "vitest";
import {
  type StepReport,
  TrainingLoop,
  type TrainingLoopOptions,
  type TrainingLoopState,
} from "../../src/learning/training-loop.ts";

const options: TrainingLoopOptions = { epochs: 4, peakRate: 1, warmupSteps: 2, patience: 2 };

/** A task of three steps an epoch that reports what it is given to report, and notes what it is asked. */
function taskOf(heldOut: readonly number[] | undefined, isSkipped: (step: number) => boolean = () => false) {
  const notes = { rates: [] as number[], best: [] as number[], measured: 0 };
  const loop = (state?: TrainingLoopState) => {
    const made: TrainingLoop<{ readonly loss: number }> = new TrainingLoop(
      {
        stepsPerEpoch: 3,
        learn: async ({ step }, rate): Promise<StepReport> => {
          notes.rates.push(rate);
          return isSkipped(step)
            ? { kind: "skipped", loss: Number.NaN, gradientNorm: Number.NaN }
            : { kind: "applied", loss: 10 - step, gradientNorm: 2 + Math.floor(step / 3) };
        },
        measure: async () => heldOut && { loss: heldOut[notes.measured++]! },
        keepBest: () => notes.best.push(made.step),
      },
      options,
      state,
    );
    return made;
  };
  return { loop, notes };
}

describe("a training loop", () => {
  it("measures before the first step and after each epoch, and keeps the best", async () => {
    const { loop, notes } = taskOf([5, 4, 4.5, 3, 3.5]);
    const running = loop();
    await running.finish();
    expect(running.curve.map(({ step, trainLoss, heldOut }) => [step, trainLoss, heldOut?.loss])).toEqual([
      [0, undefined, 5],
      [3, 9, 4],
      [6, 6, 4.5],
      [9, 3, 3],
      [12, 0, 3.5],
    ]);
    expect(notes.best).toEqual([0, 3, 9]);
  });

  it("warms up, and comes down, still moving at the last step", async () => {
    const { loop, notes } = taskOf(undefined);
    await loop().finish();
    expect(notes.rates[0]).toBe(0.5);
    expect(notes.rates[1]).toBe(1);
    expect(notes.rates.at(-1)).toBeLessThan(0.03);
    expect(notes.rates.at(-1)).toBeGreaterThan(0);
  });

  it("ends when nothing was gained for so many epochs", async () => {
    const { loop } = taskOf([1, 2, 3, 0, 0]);
    const running = loop();
    await running.finish();
    expect(running.step).toBe(6);
    expect(running.isFinished).toBe(true);
  });

  it("runs all epochs without held-out texts, and keeps the last", async () => {
    const { loop, notes } = taskOf(undefined);
    const running = loop();
    await running.finish();
    expect(running.step).toBe(12);
    expect(notes.best.at(-1)).toBe(12);
  });

  it("tells the gradients' norm and the steps that were left out, whose losses do not count", async () => {
    const { loop } = taskOf([5, 4, 3, 2, 1], (step) => step === 1 || step >= 9);
    const running = loop();
    await running.finish();
    expect(running.curve[1]).toMatchObject({ trainLoss: 9, gradientNorm: 2, skippedSteps: 1 });
    expect(running.curve[2]).toMatchObject({ trainLoss: 6, gradientNorm: 3 });
    expect(running.curve[2]).not.toHaveProperty("skippedSteps");
    expect(running.curve[4]).toMatchObject({ skippedSteps: 3 });
    expect(running.curve[4]).not.toHaveProperty("trainLoss");
  });

  it("goes on from a state that went through JSON", async () => {
    const whole = taskOf([5, 4, 3, 2, 1]);
    const expected = whole.loop();
    await expected.finish();
    const { loop } = taskOf([5, 4, 3, 2, 1]);
    const first = loop();
    for (let step = 0; step < 5; step++) {
      await first.advance();
    }
    const second = loop(JSON.parse(JSON.stringify(first.state())));
    await second.finish();
    expect(second.curve).toEqual(expected.curve);
  });

  it("stays ended when it goes on from a state that nothing more was gained before", async () => {
    const { loop, notes } = taskOf([1, 2, 3, 0, 0]);
    const first = loop();
    await first.finish();
    const second = loop(JSON.parse(JSON.stringify(first.state())));
    expect(second.isFinished).toBe(true);
    await second.finish();
    expect(second.step).toBe(6);
    expect(notes.measured).toBe(3);
  });
});
