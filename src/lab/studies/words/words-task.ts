import { drawEvenly } from "../../../learning/cut-document.ts";
import type { MaskableText } from "../../../learning/objectives/masked-lm-objective.ts";
import type { Passage } from "../../../learning/passages.ts";
import { tuningRates } from "../../../learning/tuned-training.ts";
import { createRandom } from "../../../numbers/random.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import type { SoftPrompts } from "../../../prompts/soft-prompts.ts";
import { headOnly } from "../../../prompts/tuning.ts";
import { biasTuning } from "../../tunings/weight-changes.ts";
import type { Adaptation, HardPromptAdaptation, SoftPromptAdaptation } from "../adaptation.ts";
import { keyOf } from "../cell-cache.ts";
import { UnsuitableConditionError } from "../errors.ts";
import type { WritingWriter } from "../opinions/writing.ts";
import { promptReadings, readPersonally, type SharedPrompts } from "../personal-tuning.ts";
import { type CellFigures, type CellListener, ownReading, type StudyTask } from "../study.ts";
import type { StudySizes } from "../study-sizes.ts";
import { WordsContext } from "./words-context.ts";
import {
  learnWordsShared,
  learnWordsWriters,
  promptsOfWriters,
  type WordsLearning,
  type WordsWriter,
  wordsLearners,
  wordsSharedOptions,
} from "./words-prompts.ts";

export interface WordsTaskRequest {
  readonly base: PretrainedModel;
  readonly writers: readonly WritingWriter[];
  readonly sizes: StudySizes;
  /** Decides which passages are drawn; the same for all seeds of the study. */
  readonly seed: number;
  readonly threads: number;
}

/**
 * Hidden words: how likely does the model find the words that a writer used? Each writer is learned from the
 * older documents and measured on the newest tenth, with the same hidden words for every condition. What
 * writers share is learned from the other half of them, so no writer's own text is in it.
 */
export class WordsTask implements StudyTask {
  readonly name = "words";
  readonly title = "Hidden words of writers' newest documents (perplexity is e to the loss)";
  readonly measures = [
    { name: "loss", better: "lower", unit: "nats" },
    { name: "top1", better: "higher", unit: "share" },
  ] as const;
  readonly writers: readonly string[];
  readonly key: unknown;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly #request: WordsTaskRequest;
  readonly #halves: readonly (readonly WordsWriter[])[];
  readonly #context: WordsContext;
  /** Prompts that were learned for one condition and serve others: each writer's, and those that others share. */
  readonly #prompts = new Map<string, Promise<ReadonlyMap<string, SoftPrompts>>>();
  readonly #sharedPrompts = new Map<string, Promise<SharedPrompts>>();

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
          const learning = this.#learning(seed, listen);
          const shared = await learnWordsShared(adaptation, this.#shared(others), learning);
          const group = { writers: half, others };
          const personal = await learnWordsWriters(adaptation, shared, group, learning);
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

  async #byHalves(
    measure: (half: readonly WordsWriter[], others: readonly WordsWriter[]) => Promise<CellFigures>,
  ): Promise<CellFigures> {
    const [first, second] = this.#halves;
    return { ...(await measure(first!, second!)), ...(await measure(second!, first!)) };
  }

  async #withoutWriters(
    writers: readonly WordsWriter[],
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
    half: readonly WordsWriter[],
    others: readonly WordsWriter[],
    seed: number,
    listen: CellListener,
  ): Promise<CellFigures> {
    const { base, threads } = this.#request;
    const tuning = biasTuning(base.config, "everyone");
    const learner = wordsLearners(base, threads)(tuning, "everyone");
    try {
      const options = { ...wordsSharedOptions, rates: tuningRates, seed };
      const { everyone } = await learner.train(this.#shared(others), {}, options, () => listen(0));
      return await this.#withoutWriters(half, everyone, tuning);
    } finally {
      await learner.release();
    }
  }

  /** Read with prompts that have learned on other writers to use passages, and where asked with the writer's own. */
  async #inContext(
    { soft, ...adaptation }: HardPromptAdaptation,
    seed: number,
    listen: CellListener,
  ): Promise<CellFigures> {
    const key = keyOf([soft, adaptation.tokens, seed]);
    const prompts = this.#prompts.get(key) ?? this.#contextPrompts(adaptation.tokens, soft, seed, listen);
    this.#prompts.set(key, prompts);
    return this.#context.measure(adaptation, await prompts, listen);
  }

  async #contextPrompts(
    tokens: number,
    soft: SoftPromptAdaptation | undefined,
    seed: number,
    listen: CellListener,
  ): Promise<ReadonlyMap<string, SoftPrompts>> {
    const learning = this.#learning(seed, listen);
    const all = new Map<string, SoftPrompts>();
    for (const [writers, others] of [this.#halves, this.#halves.toReversed()]) {
      const shared = await this.#contextShared(tokens, soft ?? contextPrompts, others!, learning);
      for (const { writer } of writers!) all.set(writer, shared.prompts);
      if (soft === undefined) continue;
      const group = { writers: writers!, others: others! };
      const personal = await learnWordsWriters(soft, shared, group, learning);
      await personal.learner.release();
      for (const [writer, own] of promptsOfWriters(shared.prompts, personal)) all.set(writer, own);
    }
    return all;
  }

  #contextShared(
    tokens: number,
    adaptation: SoftPromptAdaptation,
    others: readonly WordsWriter[],
    learning: WordsLearning,
  ): Promise<SharedPrompts> {
    const names = others.map(({ writer }) => writer);
    const each = Math.ceil(this.#request.sizes.words.shared / Math.max(1, names.length));
    const random = createRandom(learning.seed).fork("context");
    const learn = async (): Promise<SharedPrompts> => {
      const items = await this.#context.learnable(names, each, tokens, random);
      return learnWordsShared(adaptation, items, learning);
    };
    const key = keyOf([names, tokens, adaptation, learning.seed]);
    const shared = this.#sharedPrompts.get(key) ?? learn();
    this.#sharedPrompts.set(key, shared);
    return shared;
  }

  #learning(seed: number, listen: CellListener): WordsLearning {
    const { base, sizes, threads } = this.#request;
    return { base, threads, epochs: sizes.words.epochs, seed, listen };
  }

  #shared(others: readonly WordsWriter[]): readonly MaskableText[] {
    const each = Math.ceil(this.#request.sizes.words.shared / Math.max(1, others.length));
    return others.flatMap(({ known }) =>
      known.slice(0, each).map(({ ids, words }) => ({ ids, words: words! })),
    );
  }
}

/** What everybody shares, where passages are used without prompts of one's own. */
const contextPrompts: SoftPromptAdaptation = { kind: "prompts", place: "layers", length: 8 };

function passagesOf({ writer, documents }: WritingWriter, sizes: StudySizes, seed: number): WordsWriter {
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
