import type { MaskableText } from "../../learning/masked-lm-objective.ts";
import type { Passage } from "../../learning/passages.ts";
import { createRandom } from "../../learning/random.ts";
import type { Arrays } from "../../learning/tuned-parameters.ts";
import { tuningRates } from "../../learning/tuned-training.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { drawEvenly } from "../../profile/writer-passages.ts";
import { biasTuning } from "../../prompts/bias-tuning.ts";
import { layerViews, personalPrompts, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import { headOnly } from "../../prompts/tuning.ts";
import type { Adaptation, HardPromptAdaptation, SoftPromptAdaptation } from "./adaptation.ts";
import { keyOf } from "./cell-cache.ts";
import { UnsuitableConditionError } from "./errors.ts";
import {
  learnShared,
  learnWriters,
  type Personal,
  promptReadings,
  readPersonally,
  tuningOf,
} from "./personal-tuning.ts";
import { type CellFigures, type CellListener, ownReading, type StudyTask } from "./study.ts";
import type { StudySizes } from "./study-sizes.ts";
import { WordsContext } from "./words-context.ts";
import { wordsLearners } from "./words-learner.ts";
import type { WritingWriter } from "./writing.ts";

export interface WordsTaskRequest {
  readonly base: PretrainedModel;
  readonly writers: readonly WritingWriter[];
  readonly sizes: StudySizes;
  /** Decides which passages are drawn; the same for all seeds of the study. */
  readonly seed: number;
  readonly threads: number;
}

/** A writer's passages: learned from the earlier ones, measured on the later ones. */
interface Writer {
  readonly writer: string;
  readonly known: readonly MaskableText[];
  readonly later: readonly MaskableText[];
}

/** From which the rate is chosen, on a writer of the other half. */
const promptRates = [1e-2, 5e-2] as const;
const sharedRate = 2e-2;
const personalOptions = { minimumSteps: 0, textsPerStep: 16, warmupSteps: 4 } as const;
const sharedOptions = { minimumSteps: 0, textsPerStep: 16, epochs: 1 } as const;

/**
 * Hidden words: how likely does the model find the words that a writer used? Each writer is learned from the
 * older documents and measured on the newest tenth, with the same hidden words for every condition. What
 * writers share is learned from the other half of them, so no writer's own text is in it.
 */
export class WordsTask implements StudyTask {
  readonly name = "words";
  readonly title = "Hidden words of writers' newest documents";
  readonly measures = [
    { name: "loss", better: "lower", unit: "nats" },
    { name: "top1", better: "higher", unit: "share" },
  ] as const;
  readonly writers: readonly string[];
  readonly key: unknown;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly #request: WordsTaskRequest;
  readonly #halves: readonly (readonly Writer[])[];
  readonly #context: WordsContext;
  /** Writers' own prompts that were learned for one condition and serve others, by length and seed. */
  readonly #own = new Map<string, Promise<ReadonlyMap<string, SoftPrompts>>>();

  constructor(request: WordsTaskRequest) {
    const { base, writers, sizes, seed } = request;
    this.#request = request;
    this.#context = new WordsContext(request);
    this.writers = writers.map(({ writer }) => writer);
    const all = writers.map((writer) => passagesOf(writer, sizes, seed));
    this.#halves = [0, 1].map((half) => all.filter((_, at) => at % 2 === half));
    const count = (part: "known" | "later") => all.reduce((sum, writer) => sum + writer[part].length, 0);
    this.facts = {
      "measured writers": writers.length,
      "passages learned from": count("known"),
      "passages measured": count("later"),
    };
    const texts = keyOf(
      writers.map(({ writer, documents }) => [writer, documents.map((one) => one.sentences)]),
    );
    this.key = ["words 1", base.id, sizes.words, sizes.measured, seed, texts];
  }

  async measure(adaptation: Adaptation, seed: number, listen: CellListener): Promise<CellFigures> {
    switch (adaptation.kind) {
      case "general":
        return this.#withoutWriters(this.#halves.flat(), {});
      case "agnostic":
        return this.#byHalves((half, others) => this.#agnostic(half, others, seed, listen));
      case "prompts":
        return this.#byHalves(async (half, others) => {
          const { personal } = await this.#learn(adaptation, half, others, seed, listen);
          try {
            return await readPersonally(personal, half, promptReadings);
          } finally {
            await personal.learner.release();
          }
        });
      case "hard":
        return this.#inContext(adaptation, seed, listen);
      case "majority":
      case "bias":
        throw new UnsuitableConditionError(adaptation.kind, this.name);
      default:
        return adaptation satisfies never;
    }
  }

  /** Sessions live as long as a cell. */
  async release(): Promise<void> {}

  async #byHalves(
    measure: (half: readonly Writer[], others: readonly Writer[]) => Promise<CellFigures>,
  ): Promise<CellFigures> {
    const [first, second] = this.#halves;
    return { ...(await measure(first!, second!)), ...(await measure(second!, first!)) };
  }

  async #withoutWriters(
    writers: readonly Writer[],
    everyone: Readonly<Record<string, Float32Array>>,
    tuning = headOnly,
  ): Promise<CellFigures> {
    const learner = wordsLearners(this.#request.base, this.#request.threads)(tuning, "everyone");
    try {
      const figures: Record<string, CellFigures[string]> = {};
      for (const { writer, later } of writers) {
        figures[writer] = { [ownReading]: await learner.measure(later, { everyone }, 0) };
      }
      return figures;
    } finally {
      await learner.release();
    }
  }

  /** The model's biases learn on the others' passages: 'updated along', and the same for everybody. */
  async #agnostic(
    half: readonly Writer[],
    others: readonly Writer[],
    seed: number,
    listen: CellListener,
  ): Promise<CellFigures> {
    const { base, threads } = this.#request;
    const tuning = biasTuning(base.config, "everyone");
    const learner = wordsLearners(base, threads)(tuning, "everyone");
    try {
      const options = { ...sharedOptions, rates: tuningRates, seed };
      const { everyone } = await learner.train(this.#shared(others), {}, options, () => listen(0));
      return await this.#withoutWriters(half, everyone, tuning);
    } finally {
      await learner.release();
    }
  }

  async #learn(
    adaptation: SoftPromptAdaptation,
    half: readonly Writer[],
    others: readonly Writer[],
    seed: number,
    listen: CellListener,
  ): Promise<{ readonly prompts: SoftPrompts; readonly personal: Personal<MaskableText> }> {
    const { base, sizes, threads } = this.#request;
    const open = wordsLearners(base, threads);
    const items = this.#shared(others);
    const rates = { ...tuningRates, prompt: sharedRate };
    const { prompts, everyone } = await learnShared(adaptation, {
      ...{ model: base, open, items, texts: items.slice(0, startTexts), seed, listen },
      options: { ...sharedOptions, rates },
    });
    const personal = await learnWriters(tuningOf(adaptation.place, prompts, "delta"), everyone, {
      ...{ open, writers: half, tuning: others.slice(0, 1), rates: promptRates, seed, listen },
      options: { ...personalOptions, epochs: sizes.words.epochs },
    });
    return { prompts, personal };
  }

  async #inContext(
    { soft, ...adaptation }: HardPromptAdaptation,
    seed: number,
    listen: CellListener,
  ): Promise<CellFigures> {
    if (soft === undefined) return this.#context.measure(adaptation, { listen });
    const key = keyOf([soft, seed]);
    const own = this.#own.get(key) ?? this.#ownPrompts(soft, seed, listen);
    this.#own.set(key, own);
    return this.#context.measure(adaptation, { listen, soft: await own });
  }

  async #ownPrompts(
    soft: SoftPromptAdaptation,
    seed: number,
    listen: CellListener,
  ): Promise<ReadonlyMap<string, SoftPrompts>> {
    const own = new Map<string, SoftPrompts>();
    for (const [half, others] of [this.#halves, this.#halves.toReversed()]) {
      const { prompts, personal } = await this.#learn(soft, half!, others!, seed, listen);
      await personal.learner.release();
      for (const [writer, values] of Object.entries(personal.writers)) {
        own.set(writer, personalPrompts(prompts, deltaOf(prompts, values)));
      }
    }
    return own;
  }

  #shared(others: readonly Writer[]): readonly MaskableText[] {
    const each = Math.ceil(this.#request.sizes.words.shared / Math.max(1, others.length));
    return others.flatMap(({ known }) =>
      known.slice(0, each).map(({ ids, words }) => ({ ids, words: words! })),
    );
  }
}

/** A writer's values of multi-layer prompts as prompts. */
function deltaOf(shared: SoftPrompts, values: Arrays): SoftPrompts {
  const delta = { ...shared, values: new Float32Array(shared.values.length) };
  Object.entries(layerViews(delta)).forEach(([name, view]) => {
    view.set(values[name]!);
  });
  return delta;
}

/** Prompts start from hidden states of so many passages. */
const startTexts = 64;

function passagesOf({ writer, documents }: WritingWriter, sizes: StudySizes, seed: number): Writer {
  const random = createRandom(seed).fork(`passages of ${writer}`);
  const draw = (part: readonly (readonly Passage[])[], limit: number): readonly MaskableText[] =>
    random.shuffle(drawEvenly(part, limit, random).map(({ ids, words }) => ({ ids, words, writer })));
  const cut = Math.min(documents.length - 1, Math.floor(0.9 * documents.length));
  const passages = documents.map((document) => document.passages);
  return {
    writer,
    known: draw(passages.slice(0, cut), sizes.words.learned),
    later: draw(passages.slice(cut), sizes.measured),
  };
}
