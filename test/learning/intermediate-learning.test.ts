import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  IntermediateLearning,
  type IntermediateOptions,
  type IntermediateState,
  intermediateDefaults,
} from "../../src/learning/intermediate-learning.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { realTextPrompts } from "../../src/prompts/shared-prompts.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import { openTinyModel, patternPassage } from "../plm/tiny-model.ts";

const options: IntermediateOptions = {
  ...intermediateDefaults,
  epochs: 4,
  minimumSteps: 0,
  tokensPerStep: 200,
  tokensPerRun: 100,
  patience: 9,
  seed: 3,
  threads: 1,
};

let model: PretrainedModel;
let shared: SoftPrompts;
let train: Passage[];
let heldOut: Passage[];
beforeAll(async () => {
  model = await openTinyModel();
  const random = createRandom(7);
  const passages = Array.from({ length: 60 }, () => patternPassage(model, 6 + random.integer(12), random));
  train = passages.slice(0, 50);
  heldOut = passages.slice(50);
  shared = await realTextPrompts(model, train.slice(0, 8), 3);
});

const open: IntermediateLearning[] = [];
afterAll(async () => {
  await Promise.all(open.map((learning) => learning.release()));
});

async function start(changes: Partial<IntermediateOptions> = {}, state?: IntermediateState) {
  const learning = await IntermediateLearning.create(
    model,
    shared,
    { train, heldOut },
    { ...options, ...changes },
    state,
  );
  open.push(learning);
  return learning;
}

const norm = (values: Float32Array): number => Math.hypot(...values);

async function finish(learning: IntermediateLearning) {
  while (!learning.loop.isFinished) {
    await learning.loop.advance();
  }
  return learning.result();
}

describe("intermediate learning", () => {
  it("lowers the masked-LM loss on text it has not seen", async () => {
    const { curve } = await finish(await start({ epochs: 30, peakRate: 1e-1 }));
    expect(curve.at(-1)!.heldOut!.loss).toBeLessThan(curve[0]!.heldOut!.loss - 0.05);
  });

  it("starts at the shared reading: the delta is zero", async () => {
    const learning = await start();
    expect(learning.result().delta.values.every((value) => value === 0)).toBe(true);
  });

  it("goes on from any state exactly as if it had not been interrupted", async () => {
    const whole = await finish(await start());
    for (const stopAfter of [0, 1, 5, 7, 11]) {
      const first = await start();
      for (let step = 0; step < stopAfter; step++) {
        await first.loop.advance();
      }
      const resumed = await finish(await start({}, structuredClone(first.state())));
      expect(resumed.delta.values).toEqual(whole.delta.values);
      expect(resumed.curve).toEqual(whole.curve);
    }
  });

  it("keeps what was best before it was interrupted", async () => {
    const changes = { peakRate: 3, epochs: 8 };
    const whole = await finish(await start(changes));
    const first = await start(changes);
    while (first.loop.step < first.loop.totalSteps - 1) await first.loop.advance();
    const state = first.state();
    expect(state.best).not.toEqual(state.delta);
    expect((await finish(await start(changes, state))).delta.values).toEqual(whole.delta.values);
  });

  it("goes as far in a step as its rate says", async () => {
    const farthest = async (peakRate: number) => {
      const learning = await start({ peakRate, warmupSteps: 4 });
      await learning.loop.advance();
      return Math.max(...learning.state().delta.map(Math.abs));
    };
    expect(await farthest(0.04)).toBeCloseTo(0.01, 4);
    expect(await farthest(0.4)).toBeCloseTo(0.1, 3);
  });

  it("asks at each step how many tokens a run may have", async () => {
    let tokensPerRun = 400;
    const paced = {
      ...options,
      get tokensPerRun() {
        return tokensPerRun;
      },
    };
    const learning = await IntermediateLearning.create(model, shared, { train, heldOut: [] }, paced);
    open.push(learning);
    const runs = async () => {
      let count = 0;
      await learning.loop.advance(async () => void count++);
      return count;
    };
    expect(await runs()).toBe(1);
    tokensPerRun = 50;
    expect(await runs()).toBeGreaterThan(3);
  });

  it("learns all passages as one writer's, whoever wrote them", async () => {
    const deltaOf = async (passages: readonly Passage[]) => {
      const data = { train: passages, heldOut: [] };
      const learning = await IntermediateLearning.create(model, shared, data, { ...options, epochs: 1 });
      open.push(learning);
      return (await finish(learning)).delta.values;
    };
    const named = train.map((passage, at) => ({ ...passage, writer: `writer ${at % 2}` }));
    expect(await deltaOf(named)).toEqual(await deltaOf(train));
  });

  it("has nothing to do without passages", async () => {
    const learning = await IntermediateLearning.create(model, shared, { train: [], heldOut }, options);
    open.push(learning);
    expect([learning.loop.isFinished, learning.loop.totalSteps]).toEqual([true, 0]);
    expect(learning.result().delta.values.every((value) => value === 0)).toBe(true);
  });

  it("reads little text more often, until there are enough steps", async () => {
    const learning = await start({ minimumSteps: 50 });
    expect(learning.loop.totalSteps).toBeGreaterThanOrEqual(50);
    expect((await start({ minimumSteps: 0 })).loop.totalSteps).toBeLessThan(50);
  });

  it("does not depend on how a step is cut into runs", async () => {
    const coarse = await start({ tokensPerRun: 400 });
    const fine = await start({ tokensPerRun: 30 });
    const [a, b] = [await coarse.loop.advance(), await fine.loop.advance()];
    expect(a).toBeCloseTo(b, 4);
  });

  it("can be cancelled between runs and keeps a state to go on from", async () => {
    const learning = await start();
    await learning.loop.advance();
    const cancelled = learning.loop.advance(() => Promise.reject(new Error("cancelled")));
    await expect(cancelled).rejects.toThrow("cancelled");
    expect(learning.loop.step).toBe(1);
    expect(learning.state().step).toBe(1);
  });

  it("moves no farther for stronger gradients: their joint norm is limited", async () => {
    const state = (await start()).state();
    const far = Float32Array.from(state.delta, (_, at) => (at % 2 === 0 ? 1 : -1));
    // As if gradients had been large before, so that a step goes as far as its gradient is long.
    const moments = Object.entries(state.adam).map(([name, { mean, square }]) => [
      name,
      { step: 5_000, mean, square: square.map(() => 1) },
    ]);
    const stepWith = async (l2: number) => {
      const learning = await start({ l2 }, { ...state, delta: far, adam: Object.fromEntries(moments) });
      await learning.loop.advance();
      return norm(learning.state().delta.map((value, at) => value - far[at]!));
    };
    const [strong, stronger] = [await stepWith(1e2), await stepWith(1e5)];
    expect(strong).toBeGreaterThan(0);
    expect(stronger).toBeCloseTo(strong, 4 - Math.ceil(Math.log10(strong)));
  });

  it("is drawn to the shared prompts by L2, the more the stronger", async () => {
    const reached = async (l2: number) => norm((await finish(await start({ l2, epochs: 8 }))).delta.values);
    const [free, drawn, tied] = [await reached(0), await reached(0.05), await reached(1)];
    expect(drawn).toBeLessThan(free);
    expect(tied).toBeLessThan(drawn);
  });

  it("hides other words in each step, of the same passage too", async () => {
    const learning = await IntermediateLearning.create(
      model,
      shared,
      { train: train.slice(0, 1), heldOut },
      { ...options, epochs: 12, peakRate: 1e-9 },
    );
    open.push(learning);
    const losses = [];
    for (let step = 0; step < 6; step++) losses.push((await learning.loop.advance()).toFixed(3));
    expect(new Set(losses).size).toBeGreaterThan(3);
  });

  it("keeps the epoch with the lowest held-out loss, and stops when it no longer falls", async () => {
    const learning = await start({ epochs: 40, peakRate: 3, patience: 2 });
    const { curve, steps } = await finish(learning);
    expect(steps).toBeLessThan(learning.loop.totalSteps);
    const losses = curve.map(({ heldOut: figures }) => figures!.loss);
    expect(curve.length - 1 - losses.indexOf(Math.min(...losses))).toBe(2);
  });
});
