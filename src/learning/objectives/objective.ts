import type { GraphSession, TensorData } from "../../graph/session.ts";
import type { Random } from "../../numbers/random.ts";
import type { Tuning } from "../../prompts/tuning.ts";
import { writersOfRun } from "../../prompts/tuning-inputs.ts";
import { type Batchable, makeBatches } from "../batching.ts";
import type { Breathe } from "../training-loop.ts";
import { type TrainingGraph, TrainingSession } from "../training-session.ts";
import type { TunedModel } from "../tuned-encoder.ts";
import { soleWriter, type Written } from "../tuned-parameters.ts";

/** A text to learn from. */
export interface Learnable extends Batchable, Written {}

/** One run of the model within a step. */
export interface ObjectiveRun<Item extends Learnable> {
  readonly items: readonly Item[];
  readonly feeds: Readonly<Record<string, TensorData>>;
  /** Its share in the step's mean loss; the shares of a step add up to 1. */
  readonly share: number;
}

/** How a step's texts are cut into runs and fed. @param random of this step alone. */
export type MakeRuns<Item extends Learnable> = (
  items: readonly Item[],
  random: Random,
  breathe: Breathe,
) => Promise<readonly ObjectiveRun<Item>[]>;

export interface ObjectiveParts<Item extends Learnable> {
  readonly tuned: TunedModel;
  /** Its loss is a mean over what the runs' shares count; its further outputs are scalars, means alike. */
  readonly graph: (tuned: TunedModel) => TrainingGraph;
  readonly runs: MakeRuns<Item>;
  readonly threads: number;
  /** What the loss is multiplied with where several are learned at once; 1 if absent. */
  readonly weight?: number | undefined;
  /** Gives back what the runs need beside the objective's own sessions. */
  readonly release?: () => Promise<void>;
}

/**
 * A loss that learns, and how it is measured. Its graph is compiled when it is first needed, with gradients
 * for learning and without for measuring. `release` it.
 */
export class Objective<Item extends Learnable> {
  readonly weight: number;
  readonly runs: MakeRuns<Item>;
  readonly #parts: ObjectiveParts<Item>;
  readonly #training: TrainingGraph;
  #learning: Promise<TrainingSession> | undefined;
  #measuring: Promise<GraphSession> | undefined;

  constructor(parts: ObjectiveParts<Item>) {
    this.#parts = parts;
    this.#training = parts.graph(parts.tuned);
    this.weight = parts.weight ?? 1;
    this.runs = parts.runs;
  }

  /** Loss and gradients of one run. */
  async learn(feeds: Readonly<Record<string, TensorData>>) {
    const { threads, tuned } = this.#parts;
    // What is measured beside the loss, nobody asks for here.
    const training = { ...this.#training, outputs: {} };
    this.#learning ??= TrainingSession.create(training, {
      threads,
      compile: (bytes, given) => tuned.model.compileModel(bytes, given),
    });
    return (await this.#learning).step({}, feeds);
  }

  /** Loss and further figures of one run. */
  async measure(feeds: Readonly<Record<string, TensorData>>): Promise<Readonly<Record<string, number>>> {
    this.#measuring ??= this.#openMeasuring();
    const results = await (await this.#measuring).run(feeds);
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Number(data[0])]));
  }

  async release(): Promise<void> {
    const [learning, measuring] = [this.#learning, this.#measuring];
    [this.#learning, this.#measuring] = [undefined, undefined];
    await (await learning)?.release();
    await (await measuring)?.release();
    await this.#parts.release?.();
  }

  #openMeasuring(): Promise<GraphSession> {
    const { tuned, threads } = this.#parts;
    const isRounded = tuned.products === "rounded" && tuned.model.largestCode !== undefined;
    const measuring = isRounded ? this.#parts.graph({ ...tuned, products: "full" }) : this.#training;
    const outputs = { loss: measuring.loss, ...measuring.outputs };
    return tuned.model.compile(measuring.graph, outputs, { threads, prepack: false, finite: false });
  }
}

/** How a step is cut into runs. */
export interface RunCut {
  /** Tokens, padding included, of one uninterrupted run of the model. */
  readonly tokensPerRun: number;
  readonly tuning: Tuning;
}

/** Texts of similar length, and of one writer where the tuning cannot keep several apart, in runs. */
export function cutRuns<Item extends Learnable>(
  items: readonly Item[],
  { tokensPerRun, tuning }: RunCut,
  random: Random,
): readonly (readonly Item[])[] {
  const groups = needsRunsByWriter(tuning)
    ? Map.groupBy(items, ({ writer = soleWriter }) => writer).values()
    : [items];
  return [...groups].flatMap((group) => makeBatches(group, { tokensPerBatch: tokensPerRun, random }).batches);
}

function needsRunsByWriter(tuning: Tuning): boolean {
  return writersOfRun(tuning) === "one" && tuning.values.some(({ owner }) => owner === "writer");
}
