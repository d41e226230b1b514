import { setTimeout as pause } from "node:timers/promises";
import type { MaskedBatch } from "../../src/learning/masking.ts";
import { type Interval, pairedBootstrap } from "../../src/numbers/intervals.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { Absentee, Contestant, Products, TimedStep, TrainingBatch } from "../contestant.ts";
import { type Spread, spreadOf } from "../spread.ts";
import { formatTable } from "../table.ts";

/** Losses that differ by more mean that two contestants did not do the same work. */
export const lossTolerances: Readonly<Record<Products, number>> = { full: 1e-3, rounded: 0.2 };
const warmUpSteps = 2;
/** Threads that still spin after a contestant's step must not slow the next one's. */
const pauseMs = 20;

export interface Measured {
  readonly name: string;
  readonly milliseconds: Spread;
}

export interface PairedPeer extends Measured {
  /** Peer's time over the engine's, pair by pair: above 1 the engine is faster. */
  readonly ratio: Spread;
  /** Geometric mean of the ratios, with its 95 % interval over the pairs. */
  readonly meanRatio: Interval;
  readonly largestLossDifference: number;
  /** Whether the losses differ so much that the comparison says nothing. */
  readonly isVoid: boolean;
}

export interface Comparison {
  readonly engine: Measured & { readonly firstLoss: number; readonly lastLoss: number };
  readonly peers: readonly PairedPeer[];
}

/** Runs all contestants on each batch in turn, A B C A B C …, the engine first; warm-up steps are not counted. */
export async function comparePaired<Batch extends TrainingBatch = MaskedBatch>(
  engine: Contestant<Batch>,
  peers: readonly Contestant<Batch>[],
  batches: readonly Batch[],
  lossTolerance: number,
  note: (done: number) => void,
): Promise<Comparison> {
  const steps = new Map<Contestant<Batch>, TimedStep[]>(
    [engine, ...peers].map((contestant) => [contestant, []]),
  );
  const warmUps = Array.from({ length: warmUpSteps }, (_, at) => batches[at % batches.length]!);
  for (const [at, batch] of [...warmUps, ...batches].entries()) {
    for (const [contestant, timed] of steps) {
      if (at >= warmUpSteps + (contestant.maximumSteps ?? batches.length)) {
        continue;
      }
      const step = await contestant.step(batch);
      if (at >= warmUpSteps) {
        timed.push(step);
      }
      await pause(pauseMs);
    }
    note(at + 1 - warmUpSteps);
  }
  const own = steps.get(engine)!;
  return {
    engine: {
      ...measured(engine, own),
      firstLoss: own[0]!.loss,
      lastLoss: own.at(-1)!.loss,
    },
    peers: peers.map((peer) => pairUp(peer, steps.get(peer)!, own, lossTolerance)),
  };
}

function pairUp(
  peer: Named,
  theirs: readonly TimedStep[],
  own: readonly TimedStep[],
  lossTolerance: number,
): PairedPeer {
  const ratios = theirs.map(({ milliseconds }, at) => milliseconds / own[at]!.milliseconds);
  const largestLossDifference = Math.max(...theirs.map(({ loss }, at) => Math.abs(loss - own[at]!.loss)));
  return {
    ...measured(peer, theirs),
    ratio: spreadOf(ratios),
    meanRatio: meanRatio(ratios),
    largestLossDifference,
    // A loss that is not a number agrees with nothing.
    isVoid: !(largestLossDifference <= lossTolerance),
  };
}

/** Slow and fast pairs weigh alike: the logarithms are averaged. */
export function meanRatio(ratios: readonly number[]): Interval {
  const { mean, low, high } = pairedBootstrap(ratios.map(Math.log), createRandom("pairs"));
  return { mean: Math.exp(mean), low: Math.exp(low), high: Math.exp(high) };
}

export const intervalText = ({ mean, low, high }: Interval): string =>
  `${mean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;

type Named = Pick<Contestant, "name">;

function measured({ name }: Named, steps: readonly TimedStep[]): Measured {
  return { name, milliseconds: spreadOf(steps.map(({ milliseconds }) => milliseconds)) };
}

/** One line for each comparison with at most one peer. */
export function comparisonTable(
  results: readonly (Comparison & { readonly title: string; readonly absent: readonly Absentee[] })[],
): string {
  const rows = results.map(({ title, engine, peers: [peer], absent }) => [
    title,
    engine.milliseconds.median.toFixed(0),
    peer?.milliseconds.median.toFixed(0) ?? "",
    peer === undefined ? "" : intervalText(peer.meanRatio),
    peer?.largestLossDifference.toExponential(1) ?? "",
    peer?.isVoid === true ? "VOID: the losses differ" : absent.map(({ reason }) => reason).join("; "),
  ]);
  return formatTable(["", "median ms", "PyTorch", "ratio [95 %]", "loss differs", ""], rows);
}
