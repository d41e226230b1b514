import type { PaddedBatch } from "../src/learning/batching.ts";
import type { MaskedBatch } from "../src/learning/masking.ts";

/** What is trained: a writer's prompts on a frozen encoder, or every weight. */
export type Training = "prompts" | "weights";

/** Other ways of tuning a frozen encoder that are timed; `biases` is BitFit. */
export type Method = "inputPrompt" | "lowRank" | "adapters" | "biases";

/** How products with frozen matrices are computed: in 8 bits, as learning does, or in full. */
export type Products = "rounded" | "full";

/** Adam's rate in the benchmark; small, so that rounding differences do not grow over the steps. */
export const adamRates: Readonly<Record<Training, number>> = { prompts: 1e-3, weights: 1e-6 };

/** A padded batch in which a generator has put words in the place of some. */
export interface ReplacedBatch extends PaddedBatch {
  /** 1 at tokens that are not the text's own, [batch · length]. */
  readonly replaced: Float32Array;
}

/** What is learned from: hidden words are to be guessed, or replaced ones told. */
export type TrainingBatch = MaskedBatch | ReplacedBatch;

export interface TimedStep {
  /** Mean loss in nats, before the update. */
  readonly loss: number;
  /** Forward, backward and update, from numbers handed over to numbers changed. */
  readonly milliseconds: number;
}

/** Something that trains the same model on the same batches. */
export interface Contestant<Batch extends TrainingBatch = MaskedBatch> {
  /** With version and whatever a reader must know of how it ran. */
  readonly name: string;
  /** Steps that are timed at most; all if absent. */
  readonly maximumSteps?: number;
  step(batch: Batch): Promise<TimedStep>;
  /** Mean loss of a batch in nats; nothing is trained. */
  measure(batch: Batch): Promise<number>;
  close(): Promise<void>;
}

/** A contestant that is not there, and why. */
export interface Absentee {
  readonly name: string;
  readonly reason: string;
}
