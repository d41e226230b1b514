import type { GraphSession, TensorData } from "../graph/session.ts";
import { createRandom } from "../numbers/random.ts";
import { checkLength } from "../plm/encoder/encoder-inputs.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { combineTunings, type Tuning, type ValueOwner } from "../prompts/tuning.ts";
import { type HeadOptions, headTuning, headWidth } from "./classifier-head.ts";
import { LabelRangeError, WordlessTextError } from "./errors.ts";
import {
  type ClassExample,
  type ClassifierModel,
  classifierObjective,
  classifierReading,
  textFeeds,
} from "./objectives/classifier-objective.ts";
import { maskedLmObjective } from "./objectives/masked-lm-objective.ts";
import { cutRuns, type Learnable } from "./objectives/objective.ts";
import {
  type Learned,
  type ReadingOptions,
  type TextData,
  TextLearning,
  type TrainingOptions,
} from "./text-learning.ts";
import type { Breathe, HeldOutFigures } from "./training-loop.ts";
import { TunedParameters, type TunedValues } from "./tuned-parameters.ts";
import type { TunedTraining, TunedTrainingState } from "./tuned-training.ts";

export interface ClassifierOptions {
  readonly model: PretrainedModel;
  readonly tuning: Tuning;
  readonly head: HeadOptions;
  /** Whose values learn; all if absent. With `writer` model and head stay as they are given. */
  readonly trains?: ValueOwner;
  readonly threads: number;
  /** As a TunedModel has it. */
  readonly products?: "rounded" | "full";
  /** Tokens, padding included, of one uninterrupted run; 1024 if absent. Asked for at each step, where words are not learned along. */
  readonly tokensPerRun?: number;
  /**
   * Learns masked words of the same texts along: loss + weight · masked-LM loss (joint learning, as in M2A).
   * Not if absent.
   */
  readonly maskedLmWeight?: number;
  /** Whether the head looks at all tokens or at the text's own; all if absent. See ClassifierModel. */
  readonly pools?: "all" | "text";
}

/** What held-out labelled texts say. */
export interface ClassFigures extends HeldOutFigures {
  /** Weighted share of texts whose likeliest class is right. */
  readonly accuracy: number;
  /** Weighted mean distance between the likeliest class and the right one. */
  readonly meanDistance: number;
}

/** A text to be read; `ownTokens` as in a ClassExample. */
export type ClassifiedText = Learnable & Pick<ClassExample, "ownTokens">;

/** What a classifier says of one text. */
export interface ClassReading {
  /** One a class; they add up to 1. */
  readonly probabilities: Float32Array;
  /** Logits, or of an ordinal head the latent number alone. */
  readonly scores: Float32Array;
}

/**
 * A pretrained model with a way of tuning it and a head for classes. Graphs are compiled once and serve any
 * number of trainings and readings; values come in and go out. A writer's values belong to the writer whom
 * the texts name, so texts of many writers are learned in one run. `release` it.
 */
export class Classifier {
  readonly tuning: Tuning;
  readonly #options: ClassifierOptions;
  readonly #parts: ClassifierModel;
  readonly #running: Readonly<Record<"tokensPerRun" | "threads", number>>;
  readonly #learning: TextLearning<ClassExample, ClassFigures>;
  #reading: Promise<GraphSession> | undefined;

  constructor(options: ClassifierOptions) {
    const { model, head, trains, threads, pools } = options;
    this.#options = options;
    this.tuning = combineTunings(options.tuning, headTuning(model, head));
    const chosen = { ...(trains === undefined ? {} : { trains }), ...(pools === undefined ? {} : { pools }) };
    this.#parts = { model, tuning: this.tuning, head, ...chosen };
    this.#running = {
      threads,
      get tokensPerRun() {
        return options.tokensPerRun ?? 1024;
      },
    };
    const { maskedLmWeight: weight } = options;
    const beside =
      weight === undefined
        ? []
        : [maskedLmObjective<ClassExample>(this.#parts, { ...this.#running, weight })];
    this.#learning = new TextLearning({
      tuning: this.tuning,
      trains,
      objectives: [classifierObjective(this.#parts, this.#running), ...beside],
      measure: async (items, parameters, reading) =>
        classFigures(items, await this.#read(items, parameters, reading)),
    });
  }

  /** Trains to the end. Between runs of the model it waits for `breathe`, where a caller may cancel by throwing. */
  async train(
    data: TextData<ClassExample>,
    options: TrainingOptions,
    breathe?: Breathe,
  ): Promise<Learned<ClassFigures>> {
    this.#check(data);
    return this.#learning.train(data, options, breathe);
  }

  /** A training that goes on step by step, from the start or from a state of one like it. */
  start(
    data: TextData<ClassExample>,
    options: TrainingOptions,
    state?: TunedTrainingState<ClassFigures>,
  ): TunedTraining<ClassExample, ClassFigures> {
    this.#check(data);
    return this.#learning.start(data, options, state);
  }

  /** One reading for each text, in order. */
  async read(
    texts: readonly ClassifiedText[],
    values: Partial<TunedValues>,
    reading: ReadingOptions = {},
  ): Promise<readonly ClassReading[]> {
    for (const { ids } of texts) {
      checkLength(this.#options.model.config, ids.length);
    }
    return this.#read(texts, new TunedParameters(this.tuning, values), reading);
  }

  /** Gives the native memory back; what is asked for later is compiled anew. */
  async release(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    await this.#learning.release();
    await (await reading)?.release();
  }

  async #read(
    texts: readonly ClassifiedText[],
    parameters: TunedParameters,
    { strength = 1, breathe = async () => undefined }: ReadingOptions,
  ): Promise<readonly ClassReading[]> {
    const { model, head, threads } = this.#options;
    this.#reading ??= openReading(this.#parts, threads);
    const session = await this.#reading;
    const rows = texts.map((text, row) => ({ ...text, row }));
    const readings: ClassReading[] = new Array(texts.length);
    const cut = { tokensPerRun: this.#running.tokensPerRun, tuning: this.tuning };
    for (const run of cutRuns(rows, cut, createRandom("order"))) {
      await breathe();
      const { probabilities, scores } = await session.run({
        ...textFeeds(run, model.tokenizer.specialIds.pad, this.#parts.pools),
        ...parameters.feeds(
          run,
          run.map(() => strength),
        ),
      });
      for (const [at, { row }] of run.entries()) {
        readings[row] = {
          probabilities: rowOf(probabilities!, at, head.classes),
          scores: rowOf(scores!, at, headWidth(head)),
        };
      }
    }
    return readings;
  }

  #check({ examples, heldOut = [] }: TextData<ClassExample>): void {
    const { model, head, maskedLmWeight } = this.#options;
    if (maskedLmWeight !== undefined && examples.some(({ words }) => words === undefined)) {
      throw new WordlessTextError();
    }
    for (const { ids, label } of [...examples, ...heldOut]) {
      checkLength(model.config, ids.length);
      if (!Number.isInteger(label) || label < 0 || label >= head.classes) {
        throw new LabelRangeError(label, head.classes);
      }
    }
  }
}

/** Figures of readings, one for each example. */
export function classFigures(
  examples: readonly Pick<ClassExample, "label" | "weight">[],
  readings: readonly Pick<ClassReading, "probabilities">[],
): ClassFigures {
  let [total, loss, right, distance] = [0, 0, 0, 0];
  examples.forEach(({ label, weight = 1 }, at) => {
    const { probabilities } = readings[at]!;
    const likeliest = probabilities.indexOf(Math.max(...probabilities));
    total += weight;
    loss -= weight * Math.log(Math.max(probabilities[label]!, 1e-6));
    right += likeliest === label ? weight : 0;
    distance += weight * Math.abs(likeliest - label);
  });
  return { loss: loss / total, accuracy: right / total, meanDistance: distance / total };
}

function openReading(parts: ClassifierModel, threads: number): Promise<GraphSession> {
  const { graph, outputs } = classifierReading(parts);
  return parts.model.compile(graph, outputs, { threads, finite: false });
}

const rowOf = ({ data }: TensorData, row: number, width: number): Float32Array =>
  Float32Array.from({ length: width }, (_, at) => Number(data[row * width + at]));
