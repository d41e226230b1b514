import type { GraphSession } from "../../graph/session.ts";
import { bestTokens, type MaskedLmReading } from "../../learning/masked-lm-graph.ts";
import { type MaskedLmScore, scorePassages } from "../../learning/masked-lm-measure.ts";
import type { Passage } from "../../learning/passages.ts";
import { tunedEncoder } from "../../learning/tuned-encoder.ts";
import { soleWriter, TunedParameters, type TunedValues } from "../../learning/tuned-parameters.ts";
import { pickedInputs } from "../../plm/encoder/encoder-inputs.ts";
import { crossEntropy, maskedLmScores } from "../../plm/heads/masked-lm.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { Tuning } from "../../prompts/tuning.ts";

/** With what a passage is read. */
export interface TunedReading {
  /** Of the sole writer; absent ones are untrained. */
  readonly values: Partial<TunedValues>;
  /** Of the writer's own part, from 0 (as for an unknown writer) to 1. */
  readonly strength: number;
}

/**
 * Scores passages of one writer with any way of tuning, with the masks that MaskedLmMeasure has for the same
 * seed: all ways are measured on the same tokens. `release` it.
 */
export class TunedMaskedLmMeasure {
  readonly #model: PretrainedModel;
  readonly #tuning: Tuning;
  readonly #threads: number;
  #session: Promise<GraphSession> | undefined;

  constructor(model: PretrainedModel, tuning: Tuning, threads: number) {
    this.#model = model;
    // All passages of a run are the sole writer's.
    this.#tuning = { ...tuning, mixesWriters: false };
    this.#threads = threads;
  }

  /** One score for each passage, in their order. */
  async scores(
    passages: readonly Passage[],
    { values, strength }: TunedReading,
    seed: string,
  ): Promise<readonly MaskedLmScore[]> {
    this.#session ??= this.#open();
    const session = await this.#session;
    const feeds = new TunedParameters(this.#tuning, values).feeds([{ writer: soleWriter }], [strength]);
    return scorePassages(this.#model, passages, (words) => session.run({ ...words, ...feeds }), seed);
  }

  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await (await session)?.release();
  }

  #open(): Promise<GraphSession> {
    const { graph, outputs } = tunedMaskedLmReading(this.#model, this.#tuning);
    return this.#model.compile(graph, outputs, { threads: this.#threads, prepack: false, finite: false });
  }
}

/** As maskedLmReading, with the inputs of the tuning beside. */
function tunedMaskedLmReading(model: PretrainedModel, tuning: Tuning): MaskedLmReading {
  const { graph, weights, encode } = tunedEncoder({ model, tuning }, "one");
  const picked = pickedInputs(graph);
  const { logits } = maskedLmScores(model.config, weights, encode(picked));
  const losses = crossEntropy(logits, graph.input("targets", "int64", ["masked"]));
  return { graph, outputs: { losses, best: bestTokens(logits) } };
}
