import { TooLittleTextError } from "../../cli/errors.ts";
import type { Surroundings } from "../../cli/surroundings.ts";
import type { MaskedLmFigures } from "../../learning/masked-lm-measure.ts";
import type { Interval } from "../../numbers/intervals.ts";
import { compareMaskedLm } from "../../profile/compare-masked-lm.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { promptTuning } from "../../prompts/prompt-tuning.ts";
import { maximumPassages, threadCount } from "../../session/learning-options.ts";
import { type EvaluatedDocument, readForEvaluation } from "../evaluation/evaluated-document.ts";
import { fitPrompts, startingPrompts } from "../evaluation/fit-prompts.ts";
import { type TuningChoice, usualChoice } from "../evaluation/tuning-options.ts";
import { tuningSize } from "../tunings/tuning-size.ts";
import { type ComparedReading, compareTuned, type TunedComparison } from "./compare-tuned.ts";
import { openWordsTask, type WordsObjective } from "./words-task.ts";

type LossDifference = { readonly measure: "loss" } & Interval;

/** Mean loss in nats, share of tokens of which it was told rightly whether they were replaced. */
export interface ReplacedTokenFigures {
  readonly loss: number;
  readonly accuracy: number;
}

export type WordsFigures = MaskedLmFigures | ReplacedTokenFigures;

/** The answer of `idiolect lab evaluate mlm --json`. */
export interface MlmEvaluation<Figures extends WordsFigures = MaskedLmFigures>
  extends Readonly<Record<ComparedReading, Figures>> {
  readonly version: 1;
  readonly tokens: number;
  /** Hidden tokens; of replaced ones all that were judged. */
  readonly masked: number;
  /** own − shared. */
  readonly difference: LossDifference;
  /** own − other. */
  readonly differenceToOther: LossDifference;
  readonly tuning: {
    readonly method: string;
    readonly objective: WordsObjective;
    /** What one writer takes on disk. */
    readonly bytesPerWriter: number;
    /** Numbers that are trained for one writer. */
    readonly trained: number;
  };
}

export interface MlmEvaluationRequest {
  readonly folder: string;
  readonly other: string;
  readonly seed: number;
  /** As the product learns, if absent. */
  readonly tuned?: TunedRequest;
}

/** What is to be done otherwise than the product does it. */
export interface TunedRequest {
  /** The product's prompts if absent. */
  readonly choice?: TuningChoice;
  readonly objective: WordsObjective;
  /** Directory of the model that puts words in the place of hidden ones. */
  readonly generator?: string;
  /** Most passages that each writer is learned from; as many as the product takes if absent. */
  readonly passages?: number;
}

/** Share of the documents, oldest first, that is learned from. */
const learnedShare = 0.9;

/** Learns two writers from their oldest 90 % and reads the newest 10 % of the first with what was learned of both. */
export async function evaluateMlm(
  reader: GeneralReader,
  request: MlmEvaluationRequest,
  surroundings: Surroundings,
): Promise<MlmEvaluation<WordsFigures>> {
  const { folder, other, tuned } = request;
  const task = tuned && (await openWordsTask(reader.model, tuned.objective, tuned.generator));
  const writer = split(await readForEvaluation(reader.model, folder, surroundings));
  const stranger = split(await readForEvaluation(reader.model, other, surroundings));
  const learned = { own: writer.learned, other: stranger.learned };
  const parts = { learned, heldOut: writer.heldOut, seed: request.seed };
  const { compared, method, size } =
    task === undefined
      ? await compareAsProduct(reader, parts, surroundings)
      : await compareTuned(reader, { ...parts, task, ...learningOf(tuned) }, surroundings);
  if (compared === undefined) {
    throw new TooLittleTextError(`The newest documents of ${folder} hold no word that could be hidden.`);
  }
  const objective = task?.objective ?? "masked-words";
  const figures = (name: ComparedReading) => figuresOf(objective, compared.figures[name]);
  return {
    version: 1,
    tokens: compared.tokens,
    masked: compared.masked,
    none: figures("none"),
    shared: figures("shared"),
    own: figures("own"),
    other: figures("other"),
    difference: { measure: "loss", ...compared.difference("own", "shared") },
    differenceToOther: { measure: "loss", ...compared.difference("own", "other") },
    tuning: { method, objective, bytesPerWriter: size.bytesPerWriter, trained: size.perWriter },
  };
}

function learningOf({ choice = usualChoice, passages = maximumPassages }: Partial<TunedRequest> = {}) {
  return { choice, passages };
}

interface ComparedParts {
  readonly learned: Readonly<Record<"own" | "other", readonly EvaluatedDocument[]>>;
  readonly heldOut: readonly EvaluatedDocument[];
  readonly seed: number;
}

async function compareAsProduct(
  reader: GeneralReader,
  { learned, heldOut, seed }: ComparedParts,
  surroundings: Surroundings,
): Promise<TunedComparison> {
  const shared = await startingPrompts(reader, learned.own);
  const learn = (documents: readonly EvaluatedDocument[], title: string) =>
    fitPrompts({ reader, shared, documents, seed, maximumPassages, title }, surroundings);
  const prompts = {
    none: undefined,
    shared,
    own: await learn(learned.own, "own prompts  "),
    other: await learn(learned.other, "other prompts"),
  };
  const passages = heldOut.flatMap((document) => document.passages);
  const compared = await compareMaskedLm(reader.model, passages, prompts, { threads: threadCount() });
  const tuning = promptTuning({ shared });
  return { compared, method: tuning.method, size: tuningSize(tuning) };
}

function figuresOf(objective: WordsObjective, figures: MaskedLmFigures): WordsFigures {
  return objective === "masked-words" ? figures : { loss: figures.loss, accuracy: figures.top1 };
}

function split(documents: readonly EvaluatedDocument[]) {
  const count = Math.min(documents.length - 1, Math.floor(learnedShare * documents.length));
  return { learned: documents.slice(0, count), heldOut: documents.slice(count) };
}
