import { createRandom } from "../../numbers/random.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { confidenceForRisk } from "../measures/calibration.ts";
import { NearDuplicates } from "../measures/near-duplicates.ts";
import { chooseBlend, fitPriors, likeliestReadings, promptCandidates } from "./choose-blend.ts";
import { trainGeneralModel } from "./general-model.ts";
import { openGates } from "./open-gates.ts";
import type { OpinionSet } from "./opinion-texts.ts";
import { readWithPrompts } from "./read-with-prompts.ts";
import { type OpinionReader, type ReadWriter, readWriters, trainedScale } from "./read-writers.ts";
import {
  calibrationOf,
  judgeReadings,
  type ReadingCalibration,
  type ScoredMethods,
  scoreMethods,
} from "./score-methods.ts";
import { readByMethods, type SentimentChoices } from "./sentiment-methods.ts";
import { learnSoftmaxHead } from "./softmax-head.ts";
import type { PromptRequest, TunedOpinions } from "./tuned-opinions.ts";
import { type SplitOptions, splitWriters, type WriterSplit, type WriterTexts } from "./writer-split.ts";

export interface SentimentStudyRequest {
  readonly base: GeneralReader;
  readonly opinions: OpinionSet;
  readonly split: Omit<SplitOptions, "random">;
  /** Fine-tuned models are kept here. */
  readonly folder: string;
  readonly seed: number;
  readonly threads: number;
  /** What is tuned for each writer; the product's prompts if absent. */
  readonly tuned?: TunedOpinions;
}

/** What the study is at. */
export type SentimentStage = "general" | "head" | "reading" | "priors" | "prompts" | "targets";

/** Told how far a stage is, from 0 to 1, between runs of the model; may throw to cancel. */
export type StageListener = (stage: SentimentStage, fraction: number) => Promise<void>;

export interface SentimentStudy extends ScoredMethods {
  readonly writers: number;
  /** Writers whose gate is open. */
  readonly openGates: number;
  readonly choices: SentimentChoices;
  readonly counts: StudyCounts;
  readonly calibration: Readonly<Record<"general" | "personal", ReadingCalibration>>;
}

export interface StudyCounts {
  readonly trainingTexts: number;
  readonly tuningWriters: number;
  readonly knownTexts: number;
  readonly measuredTexts: number;
  /** Later texts that were left out, as they are nearly copies of texts that were learned from. */
  readonly nearCopies: number;
}

/** Share of wrong readings that is accepted where unsure ones are withheld. */
const acceptedRisk = 0.1;
/** Writers whose prompts are tuned to choose how; more would take minutes and change nothing. */
const promptWriters = 24;

/**
 * How much a writer's own labels help to read the writer's next texts, when the general model has never
 * seen the writer: it is fine-tuned on some of the other writers, everything else is chosen on the rest
 * of them, and the new writers are measured once.
 */
export async function studySentiment(
  request: SentimentStudyRequest,
  listen: StageListener = async () => undefined,
): Promise<SentimentStudy> {
  const { base, opinions, folder, seed, threads } = request;
  const { classes } = opinions;
  const { split, nearCopies } = dealOut(request);
  const general = await trainGeneralModel(
    { base, texts: split.training, classes, folder, seed, threads },
    (fraction) => listen("general", fraction),
  );
  const encoder = new TextEncoder(general.model, { threads, tokensPerRun: 2048 });
  try {
    const opinionReader = { ...general, encoder, classes, folder };
    const breathe = () => listen("reading", 0);
    const tuning = await readWriters(opinionReader, split.tuning, breathe);
    const targets = await readWriters(opinionReader, split.targets, breathe);
    const prompting = await promptRequest(request, opinionReader, split, listen);
    const { chosen, recipe } = await choose(prompting, tuning, listen);
    const readings = await readWithPrompts(
      { ...prompting, writers: targets, recipe, control: true },
      (fraction) => listen("targets", fraction),
    );
    const latents = readByMethods(targets, readings, chosen);
    const random = createRandom(seed).fork("intervals");
    const gates = openGates(targets, chosen.scale);
    const as = { scale: chosen.scale, classes };
    const least = confidenceForRisk(judgeReadings(tuning, generalLatents(tuning), as), acceptedRisk);
    const promptLabels = readings.map(({ labels }) => labels);
    const calibrated = (method: "general" | "personal") => {
      const read = latents.map((one) => one[method]);
      return calibrationOf(judgeReadings(targets, read, as), least);
    };
    return {
      writers: targets.length,
      ...scoreMethods(targets, latents, { ...as, gates, promptLabels, random }),
      openGates: gates.filter((isOpen) => isOpen).length,
      choices: chosen,
      counts: { ...countTexts(split), nearCopies },
      calibration: { general: calibrated("general"), personal: calibrated("personal") },
    };
  } finally {
    await encoder.release();
  }
}

/** Splits, and leaves out later texts of new writers that nearly are in what was learned from. */
function dealOut({ opinions, split: options, seed }: SentimentStudyRequest) {
  const split = splitWriters(opinions.texts, { ...options, random: createRandom(seed).fork("split") });
  const trained = new NearDuplicates();
  for (const { text } of split.training) trained.add(text);
  let nearCopies = 0;
  const targets = split.targets.map((writer): WriterTexts => {
    const known = new NearDuplicates();
    for (const { text } of writer.known) known.add(text);
    const later = writer.later.filter(({ text }) => !trained.has(text) && !known.has(text));
    nearCopies += writer.later.length - later.length;
    return { ...writer, later };
  });
  return { split: { ...split, targets: targets.filter(({ later }) => later.length > 0) }, nearCopies };
}

async function choose(prompting: Prompting, tuning: readonly ReadWriter[], listen: StageListener) {
  const trained = await trainedScale(prompting.reader.encoder);
  const { scale, priors } = await fitPriors(tuning, trained, () => listen("priors", 0));
  const writers = tuning.filter(({ later }) => later.length > 0).slice(0, promptWriters);
  const candidates = [];
  for (const [at, recipe] of promptCandidates.entries()) {
    const tune = { ...prompting, writers, recipe, control: false };
    candidates.push(
      await readWithPrompts(tune, (fraction) => listen("prompts", (at + fraction) / promptCandidates.length)),
    );
  }
  const best = likeliestReadings(writers, candidates, scale);
  const blend = chooseBlend(writers, candidates[best]!, scale, priors.field);
  return { chosen: { scale, priors, blend }, recipe: promptCandidates[best]! };
}

const generalLatents = (writers: readonly ReadWriter[]): readonly (readonly number[])[] =>
  writers.map(({ later }) => later.map(({ latent }) => latent));

type Prompting = Omit<PromptRequest, "writers" | "recipe" | "control">;

/** What all writers' tuning has in common. */
async function promptRequest(
  { seed, threads, tuned }: SentimentStudyRequest,
  reader: OpinionReader,
  { training: texts }: WriterSplit,
  listen: StageListener,
): Promise<Prompting> {
  const common = { reader, seed, threads, ...(tuned && { tuned }) };
  if (tuned?.head !== "softmax") return common;
  const request = { reader, texts, seed, threads };
  return { ...common, head: await learnSoftmaxHead(request, (fraction) => listen("head", fraction)) };
}

function countTexts({ training, tuning, targets }: WriterSplit): Omit<StudyCounts, "nearCopies"> {
  const sum = (part: "known" | "later"): number =>
    targets.reduce((total, writer) => total + writer[part].length, 0);
  return {
    trainingTexts: training.length,
    tuningWriters: tuning.length,
    knownTexts: sum("known"),
    measuredTexts: sum("later"),
  };
}
