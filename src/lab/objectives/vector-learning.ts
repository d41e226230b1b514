import type { GraphSession } from "../../graph/session.ts";
import { textFeeds } from "../../learning/objectives/classifier-objective.ts";
import { cutRuns, type Learnable } from "../../learning/objectives/objective.ts";
import type {
  Learned,
  ReadingOptions,
  TextData,
  TextLearning,
  TrainingOptions,
} from "../../learning/text-learning.ts";
import type { Breathe } from "../../learning/training-loop.ts";
import { tunedEncoder } from "../../learning/tuned-encoder.ts";
import { TunedParameters, type TunedValues } from "../../learning/tuned-parameters.ts";
import type { TunedTraining } from "../../learning/tuned-training.ts";
import { createRandom } from "../../numbers/random.ts";
import { meanPool, unitRows } from "../../plm/encoder/pooling.ts";
import { combineTunings, type Tuning } from "../../prompts/tuning.ts";
import { type LabelEmbeddings, labelEmbeddingTuning } from "../tunings/label-embedding-tuning.ts";
import { contrastiveObjective, type LabelledText } from "./contrastive-objective.ts";
import { labelObjective } from "./label-objective.ts";
import { type ObjectiveLearningOptions, objectiveLearning, type TextFigures } from "./objective-learning.ts";

/** What draws texts together: common labels, or labels that have vectors of their own. */
export type VectorLoss =
  | { readonly kind: "contrastive"; readonly temperature?: number }
  | { readonly kind: "labels"; readonly embeddings: LabelEmbeddings };

/**
 * Sentence vectors that learn what labels, such as tags, have in common, with any way of tuning. Figures:
 * `loss`, and for `contrastive` `nearest`, the share of texts whose nearest text has a label in common.
 * `release` it.
 */
export class VectorLearning {
  readonly tuning: Tuning;
  readonly #options: ObjectiveLearningOptions;
  readonly #learning: TextLearning<LabelledText, TextFigures>;
  #reading: Promise<GraphSession> | undefined;

  constructor(options: ObjectiveLearningOptions, loss: VectorLoss) {
    this.#options = options;
    this.tuning =
      loss.kind === "labels"
        ? combineTunings(options.tuning, labelEmbeddingTuning(loss.embeddings))
        : options.tuning;
    const tuned = { ...options, tuning: this.tuning };
    const objective =
      loss.kind === "labels"
        ? labelObjective<LabelledText>(tuned, { ...options, labels: loss.embeddings.labels })
        : contrastiveObjective<LabelledText>(tuned, { ...options, ...loss });
    this.#learning = objectiveLearning(tuned, objective);
  }

  /** Trains to the end. Between runs of the model it waits for `breathe`, where a caller may cancel by throwing. */
  train(
    data: TextData<LabelledText>,
    options: TrainingOptions,
    breathe?: Breathe,
  ): Promise<Learned<TextFigures>> {
    return this.#learning.train(data, options, breathe);
  }

  /** A training that goes on step by step. */
  start(data: TextData<LabelledText>, options: TrainingOptions): TunedTraining<LabelledText, TextFigures> {
    return this.#learning.start(data, options);
  }

  /** Unit vectors of texts, [d] each, in order. */
  async read(
    texts: readonly Learnable[],
    values: Partial<TunedValues>,
    { strength = 1, breathe = async () => undefined }: ReadingOptions = {},
  ): Promise<readonly Float32Array[]> {
    const { model, tokensPerRun } = this.#options;
    this.#reading ??= this.#openReading();
    const session = await this.#reading;
    const parameters = new TunedParameters(this.tuning, values);
    const rows = texts.map((text, row) => ({ ...text, row }));
    const read: Float32Array[] = new Array(texts.length);
    for (const run of cutRuns(rows, { tokensPerRun, tuning: this.tuning }, createRandom("order"))) {
      await breathe();
      const strengths = run.map(() => strength);
      const { vectors } = await session.run({
        ...textFeeds(run, model.tokenizer.specialIds.pad),
        ...parameters.feeds(run, strengths),
      });
      const d = model.config.hidden_size;
      for (const [at, { row }] of run.entries()) {
        read[row] = (vectors!.data as Float32Array).slice(at * d, (at + 1) * d);
      }
    }
    return read;
  }

  async release(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    await this.#learning.release();
    await (await reading)?.release();
  }

  #openReading(): Promise<GraphSession> {
    const { model, threads } = this.#options;
    const { graph, inputs, encode } = tunedEncoder({ model, tuning: this.tuning });
    return model.compile(graph, { vectors: unitRows(meanPool(encode(), inputs)) }, { threads });
  }
}
