import type { Surroundings } from "../../cli/surroundings.ts";
import type { TunedValues } from "../../learning/tuned-parameters.ts";
import { byDate } from "../../numbers/by-date.ts";
import { createRandom } from "../../numbers/random.ts";
import { compareScores, type MaskedLmComparison } from "../../profile/compare-masked-lm.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { combineTunings, headOnly, type Tuning } from "../../prompts/tuning.ts";
import type { EvaluatedDocument } from "../evaluation/evaluated-document.ts";
import { startTexts } from "../evaluation/fit-prompts.ts";
import { fitTuning } from "../evaluation/fit-tuning.ts";
import type { TuningChoice } from "../evaluation/tuning-options.ts";
import { maskedLmHeadTuning } from "../tunings/masked-lm-head-tuning.ts";
import { type TuningSize, tuningSize } from "../tunings/tuning-size.ts";
import { makeTuning } from "../tunings/tuning-words.ts";
import { learnTuned } from "./learn-tuned.ts";
import type { PassageMeasure, WordsTask } from "./words-task.ts";

/** What is compared: the model alone, where all writers start, the writer's own values, another writer's. */
export type ComparedReading = "none" | "shared" | "own" | "other";

export interface TunedComparisonRequest {
  readonly task: WordsTask;
  readonly choice: TuningChoice;
  /** What is learned from, of the writer and of the other one, oldest first. */
  readonly learned: Readonly<Record<"own" | "other", readonly EvaluatedDocument[]>>;
  /** What is read, of the writer. */
  readonly heldOut: readonly EvaluatedDocument[];
  /** Most passages that each writer is learned from. */
  readonly passages: number;
  readonly seed: number;
}

export interface TunedComparison {
  /** Undefined where nothing can be hidden. */
  readonly compared: MaskedLmComparison<ComparedReading> | undefined;
  readonly method: string;
  readonly size: TuningSize;
}

/** What a new masked-LM head has learned, and the tuning that reads with it; neither where the model has a head. */
interface CommonPart {
  readonly tuning: Tuning | undefined;
  readonly values: Partial<TunedValues>;
}

/**
 * Learns two writers with a way of tuning, each from the start, and reads the newest text of the first with
 * the values of both. A model without a masked-LM head gets one first, learned from both writers' text; it is
 * common to all that is compared.
 */
export async function compareTuned(
  { id, model, prompts: shared }: GeneralReader,
  request: TunedComparisonRequest,
  surroundings: Surroundings,
): Promise<TunedComparison> {
  const { task, choice, learned, heldOut, seed } = request;
  const { head, bias, marginals } = task;
  const material = {
    model,
    random: createRandom(seed).fork("tuning"),
    texts: startTexts(learned.own),
    shared,
  };
  const way = await makeTuning(choice.way, {
    ...material,
    head,
    bias,
    ...(marginals && { marginals: marginals.tuning }),
  });
  const isHeadless = task.objective === "masked-words" && !model.directory.heads.mlm;
  const common: CommonPart = isHeadless
    ? await learnHead(maskedLmHeadTuning(model.config), request, surroundings)
    : { tuning: undefined, values: {} };
  const own = await learnTuned(
    learned,
    { ...request, id, tuning: withCommon(common, way), values: common.values },
    surroundings,
  );
  const passages = heldOut.flatMap((document) => document.passages);
  const kept = withCommon(common, way.afterTraining?.tuning ?? way);
  const { strength } = choice;
  const [bare, tuned] = [task.measure(common.tuning ?? headOnly), task.measure(kept)];
  try {
    const read = (measure: PassageMeasure, values: Partial<TunedValues>) =>
      measure.scores(passages, { values, strength });
    const scores = {
      none: await read(bare, common.values),
      shared: await read(tuned, common.values),
      own: await read(tuned, own.own),
      other: await read(tuned, own.other),
    };
    const compared = compareScores(passages, scores);
    return { compared, method: withCommon(common, way).method, size: tuningSize(way) };
  } finally {
    await bare.release();
    await tuned.release();
  }
}

async function learnHead(
  tuning: Tuning,
  { task, choice, learned, passages, seed }: TunedComparisonRequest,
  surroundings: Surroundings,
): Promise<CommonPart> {
  const learning = task.learning(tuning, { products: choice.products, trains: "everyone" });
  const documents = byDate([...learned.own, ...learned.other]);
  try {
    const fit = { learning, tuning, documents, choice, passages, seed, title: "new head     " };
    const { everyone } = await fitTuning(fit, surroundings);
    return { tuning, values: { everyone } };
  } finally {
    await learning.release();
  }
}

function withCommon({ tuning }: CommonPart, way: Tuning): Tuning {
  return tuning === undefined ? way : combineTunings(tuning, way);
}
