import { createRandom } from "../../learning/random.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { hardPrompts } from "../../prompts/hard/choose-hard-prompts.ts";
import {
  type HardOrder,
  type HardPassage,
  type HardPrompts,
  hardOrders,
} from "../../prompts/hard/hard-prompts.ts";
import { headOnly } from "../../prompts/tuning.ts";
import type { ClassCount } from "../../tasks/sentiment/tone-classes.ts";
import { TextEncoder } from "../../tasks/text-encoder.ts";
import type { HardPromptAdaptation } from "./adaptation.ts";
import { keyOf } from "./cell-cache.ts";
import { fineTunedModel, gentleTraining } from "./fine-tuned-model.ts";
import {
  learnShared,
  learnWriters,
  type OpenLearner,
  promptReadings,
  readPersonally,
  tuningOf,
} from "./personal-tuning.ts";
import type { OpinionText } from "./sentiment/opinion-texts.ts";
import type { WriterTexts } from "./sentiment/writer-split.ts";
import { personalOptions, promptRates, sharedOptions } from "./sentiment-recipe.ts";
import {
  examplesOf,
  type SentimentText,
  type StudySplit,
  sentimentText,
  sharedTextsOf,
} from "./sentiment-texts.ts";
import { type CellFigures, type Figures, ownReading } from "./study.ts";
import type { StudySizes } from "./study-sizes.ts";

export interface ContextRequest {
  /** Fine-tuned on other writers, without passages. */
  readonly general: PretrainedModel;
  readonly split: StudySplit;
  readonly sizes: StudySizes;
  readonly classes: ClassCount;
  readonly seed: number;
  readonly folder: string;
  readonly threads: number;
  readonly key: unknown;
  readonly open: (model: PretrainedModel) => OpenLearner<SentimentText>;
  readonly listen: (fraction: number) => Promise<void>;
}

/** How the labels are told in a passage, the most negative first. */
const labelWords: Readonly<Record<ClassCount, readonly string[]>> = {
  2: ["bad", "good"],
  3: ["bad", "neutral", "good"],
  4: ["terrible", "bad", "good", "great"],
  5: ["terrible", "bad", "neutral", "good", "great"],
};

/** A text with what it is looked up by. */
interface FoundText {
  readonly opinion: OpinionText;
  readonly passage: HardPassage;
}

const ofAnother = "passages of another writer";

/**
 * Reads later texts with known ones beside them, each with its label in words. The general model first learns
 * to use passages, on other writers' texts with passages in all orders and without any; so all orders are
 * read with one model, and what differs is the passages alone.
 */
export async function measureInContext(
  adaptation: HardPromptAdaptation,
  request: ContextRequest,
): Promise<CellFigures> {
  const { general, threads, classes } = request;
  const finder = new TextFinder(general, threads, classes);
  try {
    const { soft, tokens } = adaptation;
    const model = await contextModel(request, finder, tokens);
    return soft === undefined
      ? await readInContext(adaptation, request, finder, model)
      : await readSoftly({ ...adaptation, soft }, request, finder, model);
  } finally {
    await finder.release();
  }
}

async function readInContext(
  { order, tokens }: HardPromptAdaptation,
  { open, split: { targets } }: ContextRequest,
  finder: TextFinder,
  model: PretrainedModel,
): Promise<CellFigures> {
  const learner = open(model)(headOnly, "writer");
  try {
    const prompts: HardPrompts[] = [];
    for (const { known } of targets) prompts.push(hardPrompts(order, passagesOf(await finder.find(known))));
    const figures: Record<string, Record<string, Figures>> = {};
    for (const [at, { writer, later }] of targets.entries()) {
      const texts = await finder.find(later);
      const read = (from: HardPrompts) => learner.measure(beside(model, texts, from, tokens), {}, 0);
      figures[writer] = {
        [ownReading]: await read(prompts[at]!),
        ...(order === "none" ? {} : { [ofAnother]: await read(prompts[(at + 1) % prompts.length]!) }),
      };
    }
    return figures;
  } finally {
    await learner.release();
  }
}

/** Soft prompts, learned with passages beside each known text, and read with passages beside the later ones. */
async function readSoftly(
  { soft, order, tokens }: HardPromptAdaptation & Required<Pick<HardPromptAdaptation, "soft">>,
  request: ContextRequest,
  finder: TextFinder,
  model: PretrainedModel,
): Promise<CellFigures> {
  const { split, sizes, seed, listen } = request;
  const open = request.open(model);
  const learned = async ({ writer, known, later }: WriterTexts) => {
    const found = await finder.find(known);
    const prompts = hardPrompts(order, passagesOf(found));
    return {
      writer,
      known: found.flatMap((one, at) =>
        beside(model, [one], hardPrompts(order, passagesOf(found.toSpliced(at, 1))), tokens),
      ),
      later: beside(model, await finder.find(later), prompts, tokens),
    };
  };
  const texts = split.training.slice(0, sizes.sentiment.sharedTexts);
  const items = await withPassages(finder, model, texts, tokens, () => order);
  const { prompts, everyone } = await learnShared(soft, {
    ...{ model, open, seed, listen, options: sharedOptions },
    ...sharedTextsOf(items),
  });
  const all = async (writers: readonly WriterTexts[]) => {
    const result = [];
    for (const writer of writers) result.push(await learned(writer));
    return result;
  };
  const [writers, tuning] = [await all(split.targets), await all(split.tuning)];
  const personal = await learnWriters(tuningOf(soft.place, prompts, "delta"), everyone, {
    ...{ open, writers, tuning, rates: promptRates, options: personalOptions, seed, listen },
  });
  try {
    return await readPersonally(personal, writers, promptReadings);
  } finally {
    await personal.learner.release();
  }
}

/** The general model, learned on with passages of all orders beside other writers' texts. */
function contextModel(request: ContextRequest, finder: TextFinder, tokens: number): Promise<PretrainedModel> {
  const { general, split, sizes, seed, classes, threads, folder, listen, key } = request;
  const texts = split.training.slice(0, sizes.sentiment.contextTexts);
  const random = createRandom(seed).fork("context");
  const draw = (): HardOrder => hardOrders[random.integer(hardOrders.length)]!;
  return fineTunedModel({
    ...{ model: general, classes, threads, folder, listen, options: gentleTraining(seed, 1) },
    key: ["context", key, tokens, keyOf(texts)],
    examples: async () => (await withPassages(finder, general, texts, tokens, draw)).flatMap(examplesOf),
  });
}

/** Texts with passages from the other given texts of the same writer. */
async function withPassages(
  finder: TextFinder,
  model: PretrainedModel,
  texts: readonly OpinionText[],
  tokens: number,
  orderOf: () => HardOrder,
): Promise<readonly SentimentText[]> {
  const found = await finder.find(texts);
  const byWriter = Map.groupBy(found, ({ opinion }) => opinion.writer);
  return found.flatMap((one) => {
    const others = byWriter.get(one.opinion.writer)!.filter((other) => other !== one);
    return beside(model, [one], hardPrompts(orderOf(), passagesOf(others)), tokens);
  });
}

function beside(
  model: PretrainedModel,
  texts: readonly FoundText[],
  prompts: HardPrompts,
  tokens: number,
): readonly SentimentText[] {
  return texts.map(({ opinion, passage }) => sentimentText(model, opinion, prompts.choose(passage), tokens));
}

const passagesOf = (texts: readonly FoundText[]): readonly HardPassage[] =>
  texts.map(({ passage }) => passage);

/** Looks up tokens, vectors and labels of texts; each is encoded once. `release` it. */
class TextFinder {
  readonly #model: PretrainedModel;
  readonly #encoder: TextEncoder;
  readonly #labels: readonly (readonly number[])[];
  readonly #found = new Map<OpinionText, FoundText>();

  constructor(model: PretrainedModel, threads: number, classes: ClassCount) {
    this.#model = model;
    this.#encoder = new TextEncoder(model, { threads, tokensPerRun: 2048 });
    this.#labels = labelWords[classes].map((word) => model.tokenizer.encodeWords(word).ids);
  }

  async find(opinions: readonly OpinionText[]): Promise<readonly FoundText[]> {
    const missing = opinions.filter((opinion) => !this.#found.has(opinion));
    const texts = missing.map((opinion) => sentimentText(this.#model, opinion));
    // Of a text in several inputs the first stands for it: these are quotations, and nearly all are short.
    const firsts = texts.map(({ inputs }) => ({ ids: Int32Array.from(inputs[0]!.ids) }));
    const readings = await this.#encoder.read(firsts);
    for (const [at, opinion] of missing.entries()) {
      const { ids } = this.#model.tokenizer.encodeWords(opinion.text);
      const label = this.#labels[opinion.label]!;
      const passage = { ids, label, vector: readings[at]!.vector, time: opinion.time };
      this.#found.set(opinion, { opinion, passage });
    }
    return opinions.map((opinion) => this.#found.get(opinion)!);
  }

  release(): Promise<void> {
    return this.#encoder.release();
  }
}
