import type { GraphSession } from "../../graph/session.ts";
import { type MaskedLmScore, maskedLmReading, scorePassages } from "../../learning/masked-lm-measure.ts";
import type { Passage } from "../../learning/passages.ts";
import { soleWriter, TunedParameters, type TunedValues } from "../../learning/tuned-parameters.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { forOneWriter, type Tuning } from "../../prompts/tuning.ts";

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
    this.#tuning = forOneWriter(tuning);
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
    const { graph, outputs } = maskedLmReading({ model: this.#model, tuning: this.#tuning });
    return this.#model.compile(graph, outputs, { threads: this.#threads, prepack: false, finite: false });
  }
}
