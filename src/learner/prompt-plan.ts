import { createHash } from "node:crypto";
import type { IntermediateData } from "../learning/intermediate-learning.ts";
import type { Passage } from "../learning/passages.ts";
import { createRandom } from "../learning/random.ts";
import { fewestWords } from "../profile/gate.ts";
import { isVersionWhole } from "../profile/is-version-whole.ts";
import { type LearnedDocuments, nameDocument, recognise } from "../profile/learned-documents.ts";
import { decodeLearnedPrompts, type GeneralReader, type LearnedPrompts } from "../profile/profile.ts";
import { type ProfileReport, reportShape } from "../profile/report.ts";
import { drawEvenly } from "../profile/writer-passages.ts";
import type { LearningOptions } from "../protocol/learner-messages.ts";
import type { LearningContext } from "./learning-context.ts";
import type { LearningCorpus, PreparedDocument } from "./learning-corpus.ts";
import { reservoir } from "./reservoir.ts";

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
  | { readonly kind: "none"; readonly reason: string }
  /** From the shared prompts, on everything. */
  | { readonly kind: "anew"; readonly data: IntermediateData; readonly learned: LearnedDocuments }
  /** From the former version, on what is new and a reservoir of what was. */
  | ({
      readonly kind: "onwards";
      readonly data: IntermediateData;
      readonly learned: LearnedDocuments;
      readonly newPassages: number;
      readonly replayedPassages: number;
      /** Paths of held-out documents that the former version was not measured on. */
      readonly newlyHeldOut: ReadonlySet<string>;
    } & Unseen)
  /** Too little has changed: the former prompts stay, and what is new waits for more. */
  | ({ readonly kind: "asBefore" } & Unseen);

/** Fewer new documents wait for others: a tenth of them could not say whether they were learned well. */
const fewestNewDocuments = 5;
/** Share of the passages that is old when the new ones are few: enough that what was learned is not forgotten. */
const replayShare = 0.25;

/** Decides it, the same each time for the same documents, options and former version. */
export function planPrompts(
  context: Pick<LearningContext, "model" | "job">,
  corpus: LearningCorpus,
  former: FormerVersion | undefined,
): PromptPlan {
  const { model, job } = context;
  if (!model.directory.heads.mlm) {
    return { kind: "none", reason: "the model has no masked-LM head" };
  }
  const { words } = corpus.summary;
  if (words < fewestWords) {
    return { kind: "none", reason: `too little text: ${words} words, ${fewestWords} are needed` };
  }
  return (former && planOnwards(job.options, corpus.documents, former)) ?? planAnew(job.options, corpus);
}

/** The newest tenth of the documents is held out; the rest is drawn from up to the limit. */
function planAnew(options: LearningOptions, { documents }: LearningCorpus): PromptPlan {
  const heldOut = documents.length < 5 ? 0 : Math.max(1, Math.round(documents.length / 10));
  const cut = documents.length - heldOut;
  const draw = drawing(options);
  return {
    kind: "anew",
    data: {
      train: draw(documents.slice(0, cut), options.maximumPassages, "train"),
      heldOut: draw(documents.slice(cut), heldOutLimit(options), "held out"),
    },
    learned: learnedOf(options, documents, new Set(documents.slice(cut))),
  };
}

/** Undefined where everything has to be learned anew: something learned is gone, or more is new than is known. */
function planOnwards(
  options: LearningOptions,
  documents: readonly PreparedDocument[],
  former: FormerVersion,
): PromptPlan | undefined {
  const { learned } = former.prompts;
  const named = documents.map((prepared) => ({ ...prepared, path: prepared.document.path }));
  const { documents: found, gone } = recognise(learned, named);
  const of = (...states: readonly string[]) => found.filter(({ state }) => states.includes(state));
  const [known, edited, fresh] = [of("known"), of("edited"), of("new")];
  const isOther =
    learned.options !== optionsName(options) || former.prompts.delta.length !== options.promptLength;
  const changed = [...edited, ...fresh];
  if (isOther || gone > 0 || countPassages(changed) >= countPassages(known)) {
    return undefined;
  }
  const unseen = { former, known: plain(known), fresh: plain(fresh) };
  if (changed.length < fewestNewDocuments) {
    return { kind: "asBefore", ...unseen };
  }
  if (!former.report.gate.masking.open) {
    // What did not prove itself is no start for more.
    return undefined;
  }
  const count = fresh.length < fewestNewDocuments ? 0 : Math.max(1, Math.round(fresh.length / 10));
  const newlyHeldOut = new Set(fresh.slice(fresh.length - count).map(({ document }) => document));
  const isHeldOut = (one: (typeof found)[number]) => one.isHeldOut || newlyHeldOut.has(one.document);
  const draw = drawing(options);
  const newTrain = draw(plain(changed.filter((one) => !isHeldOut(one))), options.maximumPassages / 2, "new");
  const oldTrain = plain(known.filter((one) => !isHeldOut(one))).flatMap(({ passages }) => passages);
  const room = Math.max(newTrain.length, Math.floor(replayShare * options.maximumPassages));
  const replayed = reservoir(
    oldTrain,
    Math.min(room, options.maximumPassages - newTrain.length),
    options.seed,
  );
  const heldOut = plain(found.filter(isHeldOut));
  return {
    kind: "onwards",
    ...unseen,
    data: {
      train: [...replayed, ...newTrain],
      heldOut: draw(heldOut, heldOutLimit(options), "held out"),
    },
    learned: learnedOf(options, plain(found), new Set(heldOut)),
    newPassages: newTrain.length,
    replayedPassages: replayed.length,
    newlyHeldOut: new Set([...newlyHeldOut].map(({ path }) => path)),
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
  const prompts = decodeLearnedPrompts(store.profileVersions.blobs(version.id));
  return prompts && { id: version.id, prompts, report: reportShape.parse(version.report) };
}

function learnedOf(
  options: LearningOptions,
  documents: readonly PreparedDocument[],
  heldOut: ReadonlySet<PreparedDocument>,
): LearnedDocuments {
  return {
    version: 1,
    options: optionsName(options),
    documents: documents.map((prepared) => {
      const { document, sentences } = prepared;
      return nameDocument({ path: document.path, sentences }, heldOut.has(prepared));
    }),
  };
}

/** Names all options that decide what is learned. */
function optionsName(options: LearningOptions): string {
  const { seed, maximumPassages, epochs, minimumSteps, peakRate, tokensPerStep, promptLength } = options;
  const deciding = [seed, maximumPassages, epochs, minimumSteps, peakRate, tokensPerStep, promptLength];
  return createHash("sha256").update(JSON.stringify(deciding)).digest("hex").slice(0, 16);
}

function drawing({ seed }: LearningOptions) {
  const random = createRandom(seed);
  return (documents: readonly PreparedDocument[], limit: number, label: string): readonly Passage[] =>
    drawEvenly(
      documents.map(({ passages }) => passages),
      limit,
      random.fork(label),
    );
}

const heldOutLimit = ({ maximumPassages }: LearningOptions): number => Math.ceil(maximumPassages / 8);

const plain = <T extends PreparedDocument>(recognised: readonly { readonly document: T }[]): readonly T[] =>
  recognised.map(({ document }) => document);

function countPassages(recognised: readonly { readonly document: PreparedDocument }[]): number {
  return plain(recognised).reduce((sum, { passages }) => sum + passages.length, 0);
}
