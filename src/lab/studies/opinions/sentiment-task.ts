import { createRandom } from "../../../numbers/random.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import { headOnly } from "../../../prompts/tuning.ts";
import type { OpinionSet } from "../../sentiment/opinion-texts.ts";
import { shiftTuning } from "../../tunings/shift-tuning.ts";
import type { Adaptation, HardPromptAdaptation, SoftPromptAdaptation } from "../adaptation.ts";
import { keyOf } from "../cell-cache.ts";
import {
  learnShared,
  learnWriters,
  type PersonalRequest,
  promptReadings,
  readPersonally,
  tuningOf,
} from "../personal-tuning.ts";
import { type CellFigures, type CellListener, ownReading, type StudyTask } from "../study.ts";
import type { StudySizes } from "../study-sizes.ts";
import { fineTunedModel, generalTraining, gentleTraining } from "./fine-tuned-model.ts";
import { measureInContext } from "./measure-in-context.ts";
import {
  biasRates,
  personalOptions,
  promptRates,
  sentimentLearners,
  sharedOptions,
} from "./sentiment-learner.ts";
import {
  dealWriters,
  examplesOf,
  type SentimentText,
  type StudySplit,
  sentimentText,
  sharedTextsOf,
} from "./sentiment-texts.ts";

export interface SentimentTaskRequest {
  readonly base: PretrainedModel;
  readonly opinions: OpinionSet;
  /** Texts that the base has learned from: later texts that are nearly copies of them are not measured. */
  readonly seen: readonly string[];
  readonly sizes: StudySizes;
  /** Decides who is measured; the same for all seeds of the study. */
  readonly seed: number;
  /** Fine-tuned models are kept here. */
  readonly folder: string;
  readonly threads: number;
}

/**
 * Tone: does a text judge well or ill, and how much? New writers: the general model is fine-tuned on other
 * writers' texts. The earlier texts of a measured writer are known with their labels, the later ones are read.
 */
export class SentimentTask implements StudyTask {
  readonly name = "sentiment";
  readonly title = "Tone of new writers' later texts";
  readonly measures = [
    { name: "accuracy", better: "higher", unit: "share" },
    { name: "loss", better: "lower", unit: "nats" },
  ] as const;
  readonly writers: readonly string[];
  readonly key: unknown;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly #request: SentimentTaskRequest;
  readonly #split: StudySplit;

  constructor(request: SentimentTaskRequest) {
    const { base, opinions, seen, sizes, seed } = request;
    this.#request = request;
    const { targets, ...split } = dealWriters(opinions.texts, seen, sizes, createRandom(seed).fork("split"));
    this.#split = { ...split, targets };
    this.writers = targets.map(({ writer }) => writer);
    const count = (part: "known" | "later") => targets.reduce((sum, writer) => sum + writer[part].length, 0);
    this.facts = {
      "measured writers": targets.length,
      "their known texts": count("known"),
      "their measured texts": count("later"),
      "other writers' texts learned from": split.training.length,
      "writers that rates are chosen on": split.tuning.length,
      "later texts left out as near copies of known ones": split.nearCopies,
      "other texts left out as near copies of measured ones": split.unusedCopies,
    };
    this.key = ["sentiment 1", base.id, sizes.sentiment, keyOf([this.#split, opinions.classes])];
  }

  async measure(adaptation: Adaptation, seed: number, listen: CellListener): Promise<CellFigures> {
    switch (adaptation.kind) {
      case "majority":
        return this.#majority();
      case "general":
        return this.#withoutWriters(await this.general(seed, listen));
      case "agnostic":
        return this.#withoutWriters(await this.#agnostic(seed, listen));
      case "bias":
        return this.#bias(seed, listen);
      case "prompts":
        return this.#prompts(adaptation, seed, listen);
      case "hard":
        return this.#hard(adaptation, seed, listen);
      default:
        return adaptation satisfies never;
    }
  }

  /** The base, fine-tuned on other writers' texts. */
  general(seed: number, listen: CellListener): Promise<PretrainedModel> {
    const { base, sizes } = this.#request;
    return fineTunedModel({
      ...this.#tuning(base, listen),
      options: generalTraining(seed, sizes.sentiment.generalEpochs),
      key: ["general", this.key],
      examples: async () => this.#split.training.flatMap((one) => examplesOf(sentimentText(base, one))),
    });
  }

  async #agnostic(seed: number, listen: CellListener): Promise<PretrainedModel> {
    const model = await this.general(seed, listen);
    const known = this.#split.targets.flatMap((writer) => writer.known);
    return fineTunedModel({
      ...this.#tuning(model, listen),
      options: gentleTraining(seed, personalOptions.epochs),
      key: ["agnostic", this.key],
      examples: async () => known.flatMap((one) => examplesOf(sentimentText(model, one))),
    });
  }

  #tuning(model: PretrainedModel, listen: CellListener) {
    const { opinions, threads, folder } = this.#request;
    return { model, classes: opinions.classes, threads, folder, listen };
  }

  #majority(): CellFigures {
    const { classes } = this.#request.opinions;
    return Object.fromEntries(
      this.#split.targets.map(({ writer, known, later }) => {
        // One more of each, so that a label never seen is not impossible.
        const counts = Array.from({ length: classes }, (_, label) => 1 + countOf(known, label));
        const likeliest = counts.indexOf(Math.max(...counts));
        const total = known.length + classes;
        const loss = later.reduce((sum, { label }) => sum - Math.log(counts[label]! / total), 0);
        return [
          writer,
          { own: { accuracy: countOf(later, likeliest) / later.length, loss: loss / later.length } },
        ];
      }),
    );
  }

  async #withoutWriters(model: PretrainedModel): Promise<CellFigures> {
    const learner = this.#learners(model)(headOnly, "writer");
    try {
      const figures: Record<string, CellFigures[string]> = {};
      for (const { writer, later } of this.#texts(model).writers) {
        figures[writer] = { [ownReading]: await learner.measure(later, {}, 0) };
      }
      return figures;
    } finally {
      await learner.release();
    }
  }

  async #bias(seed: number, listen: CellListener): Promise<CellFigures> {
    const model = await this.general(seed, listen);
    const request = { ...this.#personal(model, seed, listen), rates: biasRates };
    const personal = await learnWriters(shiftTuning(1), {}, request);
    try {
      const names = { own: ownReading, zeroed: "zeroed", other: "of another writer" };
      return await readPersonally(personal, request.writers, names);
    } finally {
      await personal.learner.release();
    }
  }

  async #prompts(adaptation: SoftPromptAdaptation, seed: number, listen: CellListener): Promise<CellFigures> {
    const model = await this.general(seed, listen);
    const request = this.#personal(model, seed, listen);
    const texts = this.#split.training.slice(0, this.#request.sizes.sentiment.sharedTexts);
    const { prompts, everyone } = await learnShared(adaptation, {
      model,
      seed,
      listen,
      open: request.open,
      options: sharedOptions,
      ...sharedTextsOf(texts.map((one) => sentimentText(model, one))),
    });
    const personal = await learnWriters(tuningOf(adaptation.place, prompts, "delta"), everyone, request);
    try {
      return await readPersonally(personal, request.writers, promptReadings);
    } finally {
      await personal.learner.release();
    }
  }

  async #hard(adaptation: HardPromptAdaptation, seed: number, listen: CellListener): Promise<CellFigures> {
    const { opinions, threads, folder, sizes } = this.#request;
    const general = await this.general(seed, listen);
    const open = (model: PretrainedModel) => this.#learners(model);
    const request = { general, split: this.#split, sizes, seed, folder, threads, listen, open };
    return measureInContext(adaptation, { ...request, classes: opinions.classes, key: this.key });
  }

  #learners(model: PretrainedModel) {
    return sentimentLearners(model, this.#request.opinions.classes, this.#request.threads);
  }

  #personal(model: PretrainedModel, seed: number, listen: CellListener): PersonalRequest<SentimentText> {
    const open = this.#learners(model);
    return { open, ...this.#texts(model), rates: promptRates, options: personalOptions, seed, listen };
  }

  #texts(model: PretrainedModel) {
    const texts = (writers: StudySplit["targets"]) =>
      writers.map(({ writer, known, later }) => ({
        writer,
        known: known.map((one) => sentimentText(model, one)),
        later: later.map((one) => sentimentText(model, one)),
      }));
    return { writers: texts(this.#split.targets), tuning: texts(this.#split.tuning) };
  }
}

const countOf = (texts: readonly { readonly label: number }[], label: number): number =>
  texts.filter((text) => text.label === label).length;
