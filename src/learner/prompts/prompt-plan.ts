import { intermediateDefaults } from "../../learning/intermediate-learning.ts";
import { fewestMeasured } from "../../numbers/gate.ts";
import { everTrainedOn, isUntaught, recognise } from "../../profile/learned-documents.ts";
import { fewestWords } from "../../profile/masking-gate.ts";
import type { GeneralReader, LearnedPrompts } from "../../profile/profile.ts";
import { type ProfileReport, reportShape } from "../../profile/report.ts";
import { isVersionWhole, learnedPromptsOf } from "../../profile/versions.ts";
import type { LearningOptions } from "../../protocol/learner.ts";
import { type Said, said, saidCount, whole } from "../../said/said.ts";
import type { LearningCorpus, PreparedDocument } from "../corpus/learning-corpus.ts";
import type { ReadableCorpus } from "../corpus/readable-corpus.ts";
import type { LearningContext } from "../learning-context.ts";
import { splitHeldOut, splitNewlyHeldOut } from "./held-out-split.ts";
import { reservoir } from "./reservoir.ts";
import {
  drawing,
  gatherMaterial,
  type MeasuredPassages,
  named,
  optionsName,
  type PromptTraining,
  type TrainingMaterial,
} from "./training-material.ts";

/** The version in use, as prompts are learned on from it. */
export interface FormerVersion {
  readonly id: string;
  readonly prompts: LearnedPrompts;
  readonly report: ProfileReport;
}

/** Documents that the former version has not seen; `fresh` are new, oldest first. */
interface Unseen {
  readonly former: FormerVersion;
  readonly known: readonly PreparedDocument[];
  readonly fresh: readonly PreparedDocument[];
}

/** What the writer's prompts are learned from. */
export type PromptPlan =
  /** Tags and memory alone. */
  | { readonly kind: "none"; readonly why: Said }
  /** From the shared prompts, on everything. */
  | ({ readonly kind: "anew" } & TrainingMaterial)
  /** From the former version, on what is new and a reservoir of what was. */
  | ({
      readonly kind: "onwards";
      readonly newPassages: number;
      readonly replayedPassages: number;
      /** Paths of held-out documents that the former version did not know. */
      readonly newlyHeldOut: ReadonlySet<string>;
    } & TrainingMaterial &
      Unseen)
  /** Too little has changed: the former prompts stay, and what is new waits for more. */
  | ({ readonly kind: "asBefore" } & Unseen);

/** Fewer new documents wait for others: a tenth of them could not say whether they were learned well. */
const fewestNewDocuments = 5;
/** Old passages beside the new ones, and held-out ones, where the new ones are few. */
const fewestReplayed = 32;
const fewestMeasuredPassages: MeasuredPassages = { choosing: 36, proving: 48 };
/** Below this share of new text prompts that did not prove themselves are not tried again from the beginning. */
const worthTryingAgain = 0.1;

/** Decides it, the same each time for the same documents, options and former version. */
export function planPrompts(
  context: Pick<LearningContext, "model" | "job" | "store" | "writer">,
  corpus: ReadableCorpus,
  former: FormerVersion | undefined,
): PromptPlan {
  const { model, job } = context;
  if (!model.directory.heads.mlm) {
    return { kind: "none", why: said("the model has no part that guesses hidden words (no masked-LM head)") };
  }
  const { words, leftOutLanguages, summary } = corpus;
  if (words < fewestWords) {
    const little = said("too little text: {0} words, and {1} are needed", whole(words), whole(fewestWords));
    if (leftOutLanguages.length === 0) return { kind: "none", why: little };
    const others = saidCount(
      leftOutLanguages.length,
      "{0} sentence in another language is not read",
      "{0} sentences in other languages are not read",
    );
    return { kind: "none", why: said("{0}; {1}", little, others) };
  }
  if (summary.languages?.hasTagsAlone) {
    return { kind: "none", why: said("next to nothing is in a language that is read") };
  }
  const trained = trainedBefore(context);
  return (
    (former && planOnwards(job.options, corpus.documents, former, trained)) ??
    planAnew(job.options, corpus, trained)
  );
}

/** The newest documents that were never learned from are held out; of the rest it is drawn up to the limit. */
function planAnew(
  options: LearningOptions,
  { documents }: LearningCorpus,
  trained: ReadonlySet<string>,
): PromptPlan {
  const split = splitHeldOut(documents, (prepared) => isUntaught(trained, named(prepared)));
  const heldOut = new Set([...split.choosing, ...split.proving]);
  const rest = documents.filter((one) => !heldOut.has(one));
  const train = drawing(options)(rest, options.maximumPassages, "train");
  const { epochs, minimumSteps, peakRate, tokensPerStep } = options;
  const training = {
    epochs,
    minimumSteps,
    peakRate,
    tokensPerStep,
    warmupSteps: intermediateDefaults.warmupSteps,
  };
  const most = mostMeasured(options);
  return { kind: "anew", ...gatherMaterial(options, { documents, split, most, train, training, trained }) };
}

/**
 * Undefined where everything has to be learned anew: something learned is gone, more is new than is known, or nothing
 * could be proved, as the former version chose by all that it held out.
 */
function planOnwards(
  options: LearningOptions,
  documents: readonly PreparedDocument[],
  former: FormerVersion,
  trained: ReadonlySet<string>,
): PromptPlan | undefined {
  const { learned } = former.prompts;
  const { documents: found, gone } = recognise(learned, documents.map(named));
  const of = (...states: readonly string[]) => found.filter(({ state }) => states.includes(state));
  const [known, edited, fresh] = [of("known"), of("edited"), of("new")];
  const isOther =
    learned.options !== optionsName(options) || former.prompts.delta.length !== options.promptLength;
  const changed = [...edited, ...fresh];
  if (isOther || gone > 0 || countPassages(changed) >= countPassages(known)) {
    return undefined;
  }
  const unseen = { former, known: plain(known), fresh: plain(fresh) };
  const hasProved = former.report.gate.masking.open;
  const isLittle = countPassages(changed) < worthTryingAgain * countPassages(known);
  if (changed.length < fewestNewDocuments || (!hasProved && isLittle)) {
    return { kind: "asBefore", ...unseen };
  }
  if (!hasProved) {
    // What did not prove itself is no start for more.
    return undefined;
  }
  const fit = plain(fresh).filter((one) => isUntaught(trained, one));
  const newly = splitNewlyHeldOut(fit.length < fewestNewDocuments ? [] : fit);
  const split = {
    choosing: [...plain(found.filter((one) => one.isHeldOut && !one.proves)), ...newly.choosing],
    proving: [...plain(found.filter(({ proves }) => proves)), ...newly.proving],
  };
  if (split.proving.length < fewestMeasured) return undefined;
  const isHeldOut = new Set([...split.choosing, ...split.proving]);
  const draw = drawing(options);
  const newTrain = draw(
    plain(changed).filter((one) => !isHeldOut.has(one)),
    options.maximumPassages / 2,
    "new",
  );
  const oldTrain = plain(known)
    .filter((one) => !isHeldOut.has(one))
    .flatMap(({ passages }) => passages);
  const room = Math.max(Math.ceil(newTrain.length / 2), fewestReplayed);
  const most = Math.min(room, options.maximumPassages - newTrain.length);
  const replayed = reservoir(oldTrain, most, options.seed);
  return {
    kind: "onwards",
    ...unseen,
    ...gatherMaterial(options, {
      documents: plain(found),
      split,
      most: mostMeasuredAgain(options, newTrain.length),
      train: [...replayed, ...newTrain],
      training: onwardTraining(options),
      trained,
    }),
    newPassages: newTrain.length,
    replayedPassages: replayed.length,
    newlyHeldOut: new Set([...newly.choosing, ...newly.proving].map(({ path }) => path)),
  };
}

/**
 * Training on what is new begins from prompts that are good already, with a few passages. It needs fewer readings of
 * each and makes its steps from half the tokens, at half the rate: what was learned before is to be moved, not left.
 */
function onwardTraining({ epochs, peakRate, tokensPerStep }: LearningOptions): PromptTraining {
  return {
    epochs: Math.min(2, epochs),
    minimumSteps: 0,
    peakRate: peakRate / 2,
    tokensPerStep: Math.ceil(tokensPerStep / 2),
    warmupSteps: 4,
  };
}

function mostMeasured({ maximumPassages }: LearningOptions): MeasuredPassages {
  const proving = Math.ceil(maximumPassages / 8);
  return { choosing: Math.ceil(proving / 2), proving };
}

/** Measuring is not to cost more than the training. */
function mostMeasuredAgain(options: LearningOptions, newPassages: number): MeasuredPassages {
  const { choosing, proving } = mostMeasured(options);
  const quarter = Math.ceil(newPassages / 4);
  return {
    choosing: Math.min(choosing, Math.max(fewestMeasuredPassages.choosing, quarter)),
    proving: Math.min(proving, Math.max(fewestMeasuredPassages.proving, quarter)),
  };
}

/** The version of this id, if prompts can be learned on from it. */
export function formerVersion(
  { store, writer }: Pick<LearningContext, "store" | "writer">,
  reader: GeneralReader,
  id: string | undefined,
): FormerVersion | undefined {
  const version = store.profileVersions.list(writer.id).find((one) => one.id === id);
  if (version === undefined || version.baseModelId !== reader.id) return undefined;
  if (!isVersionWhole(store, version)) return undefined;
  const prompts = learnedPromptsOf(store, version);
  return prompts && { id: version.id, prompts, report: reportShape.parse(version.report) };
}

/** All that versions of this writer were ever trained on, those of other models and options too. */
function trainedBefore({ store, writer }: Pick<LearningContext, "store" | "writer">): ReadonlySet<string> {
  const versions = store.profileVersions.list(writer.id).filter((version) => isVersionWhole(store, version));
  return everTrainedOn(versions.flatMap((version) => learnedPromptsOf(store, version)?.learned ?? []));
}

const plain = <T extends PreparedDocument>(recognised: readonly { readonly document: T }[]): readonly T[] =>
  recognised.map(({ document }) => document);

function countPassages(recognised: readonly { readonly document: PreparedDocument }[]): number {
  return plain(recognised).reduce((sum, { passages }) => sum + passages.length, 0);
}
