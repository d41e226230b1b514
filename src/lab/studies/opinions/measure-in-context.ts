import { createRandom } from "../../../numbers/random.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import { headOnly } from "../../../prompts/tuning.ts";
import type { ClassCount } from "../../../tone/head/tone-classes.ts";
import {
  type HardOrder,
  type HardPrompts,
  hardOrders,
  hardPrompts,
} from "../../hard-prompts/hard-prompts.ts";
import type { OpinionText } from "../../sentiment/opinion-texts.ts";
import type { WriterTexts } from "../../sentiment/writer-split.ts";
import type { HardPromptAdaptation } from "../adaptation.ts";
import { keyOf } from "../cell-cache.ts";
import {
  learnShared,
  learnWriters,
  type OpenLearner,
  promptReadings,
  readPersonally,
  tuningOf,
} from "../personal-tuning.ts";
import { type CellFigures, type Figures, ownReading } from "../study.ts";
import type { StudySizes } from "../study-sizes.ts";
import { type FoundText, passagesOf, TextFinder } from "../text-finder.ts";
import { fineTunedModel, gentleTraining } from "./fine-tuned-model.ts";
import { personalOptions, promptRates, sharedOptions } from "./sentiment-learner.ts";
import {
  examplesOf,
  type SentimentText,
  type StudySplit,
  sentimentText,
  sharedTextsOf,
} from "./sentiment-texts.ts";

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
  const items = await withPassages(finder, model, split.training, texts, tokens, () => order);
  const { prompts, everyone } = await learnShared(soft, {
    model,
    open,
    seed,
    listen,
    options: sharedOptions,
    ...sharedTextsOf(items),
  });
  const all = async (writers: readonly WriterTexts[]) => {
    const result = [];
    for (const writer of writers) result.push(await learned(writer));
    return result;
  };
  const [writers, tuning] = [await all(split.targets), await all(split.tuning)];
  const personal = await learnWriters(tuningOf(soft.place, prompts, "delta"), everyone, {
    open,
    writers,
    tuning,
    rates: promptRates,
    options: personalOptions,
    seed,
    listen,
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
    model: general,
    classes,
    threads,
    folder,
    listen,
    options: gentleTraining(seed, 1),
    key: ["context", key, tokens, keyOf(texts)],
    examples: async () =>
      (await withPassages(finder, general, split.training, texts, tokens, draw)).flatMap(examplesOf),
  });
}

/** Texts with passages from all other texts of the same writer. */
async function withPassages(
  finder: TextFinder,
  model: PretrainedModel,
  all: readonly OpinionText[],
  texts: readonly OpinionText[],
  tokens: number,
  orderOf: () => HardOrder,
): Promise<readonly SentimentText[]> {
  const found = await finder.find(texts);
  const byWriter = Map.groupBy(await finder.find(all), ({ opinion }) => opinion.writer);
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
