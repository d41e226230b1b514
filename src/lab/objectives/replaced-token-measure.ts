import type { MaskedLmScore } from "../../learning/masked-lm-measure.ts";
import type { Passage } from "../../learning/passages.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { ObjectiveLearningOptions } from "./objective-learning.ts";
import { replacedTokenLearning } from "./replaced-token-objective.ts";
import type { TunedReading } from "./tuned-masked-lm-measure.ts";

/**
 * Scores passages by how well replaced words are told, with any way of tuning: `masked` counts the tokens that
 * were judged, special ones among them, `right` those judged right. The generator puts the same words into the
 * same passage whatever it is read with. `release` it.
 */
export class ReplacedTokenMeasure {
  readonly #learning: ReturnType<typeof replacedTokenLearning>;

  constructor(options: ObjectiveLearningOptions & { readonly generator: PretrainedModel }) {
    this.#learning = replacedTokenLearning(options);
  }

  /** One score for each passage, in their order. */
  async scores(
    passages: readonly Passage[],
    { values, strength }: TunedReading,
  ): Promise<readonly MaskedLmScore[]> {
    const scores: MaskedLmScore[] = [];
    for (const { ids, words } of passages) {
      const figures = await this.#learning.measure([{ ids, words }], values, { strength });
      const { length } = ids;
      scores.push({ masked: length, loss: length * figures.loss, right: length * figures["accuracy"]! });
    }
    return scores;
  }

  release(): Promise<void> {
    return this.#learning.release();
  }
}
