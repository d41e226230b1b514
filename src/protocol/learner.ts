import { z } from "zod";
import { saidShape, saidValueShape, toldShape } from "../said/said-shapes.ts";
import { schedulePattern } from "./learning-hours.ts";
import { batteryUses, hashtagUses } from "./settings.ts";

/** When learning stands still. */
const wishesShape = {
  /** What to do while the machine runs on battery; absent: go on. */
  onBattery: z.enum(batteryUses).optional(),
  /** The hours of the day to learn in; absent: always. */
  schedule: z.string().regex(new RegExp(schedulePattern)).optional(),
};

/** How a learner learns. Everything but pace and threads decides the result, up to rounding. */
export const learningOptionsShape = z.object({
  seed: z.number().int(),
  /** Threads within one operator of the model. */
  threads: z.number().int().positive(),
  /** Share of time that the learner may compute, in percent. */
  cpuPercent: z.number().min(1).max(100),
  ...wishesShape,
  /** Most tokens of one uninterrupted run of the model; fewer while the user is at work. */
  tokensPerRun: z.number().int().positive(),
  /** Most passages that prompts are trained on; they are drawn evenly over the documents. */
  maximumPassages: z.number().int().positive(),
  epochs: z.number().int().positive(),
  minimumSteps: z.number().int().nonnegative(),
  peakRate: z.number().positive(),
  /** Tokens, padding included, of one optimiser step. */
  tokensPerStep: z.number().int().positive(),
  promptLength: z.number().int().positive(),
  checkpointMs: z.number().nonnegative(),
  /** Whether to learn the writer's voice, too; absent: as it was before. */
  voice: z.boolean().optional(),
});

/** Which files of a folder are read; what is absent is as the corpus has it by default. */
const fileChoiceShape = z.object({
  /** Globs, relative to each folder, in place of the default ones. */
  include: z.array(z.string()).optional(),
  /** Globs that are left out besides the default ones. */
  exclude: z.array(z.string()).optional(),
  maximumFileBytes: z.number().int().positive().optional(),
  /** Languages that are learned and read for their tone, in place of the model's own. */
  languages: z.array(z.string()).optional(),
  /** Whether hashtags in the text are tags; 'auto', or absent: in folders where the writer uses them. */
  hashtags: z.enum(hashtagUses).optional(),
});

const folderSettingsShape = fileChoiceShape.extend({
  /** Those of which nothing is said: they stay as they are kept. */
  unsaid: z.array(fileChoiceShape.keyof()).optional(),
});

/** Which files of all folders are read. */
const corpusSettingsShape = folderSettingsShape.extend({
  /** Of folders that have settings of their own: there these hold alone. */
  byFolder: z.record(z.string(), folderSettingsShape).optional(),
  /** Who says so; it holds for the other as well (learner/chosen-files.ts). */
  by: z.enum(["editor", "terminal"]).optional(),
});

/** Whose text is learned; what is absent is as it was before. */
const whoseTextShape = z.object({
  /** Absent: who was learned before, else who most documents are by. */
  author: z.string().min(1).optional(),
  /** Documents that the author wrote together with others are learned from, too. */
  coAuthors: z.boolean().optional(),
  /** Folders, absolute, that are not learned from, also inside of others that are. */
  leaveOut: z.array(z.string()).optional(),
  /** Folders that may have been left out before, and are no longer. */
  takeIn: z.array(z.string()).optional(),
});

/** How many documents are by whom. An empty name: of somebody who is named nowhere. Untrusted text. */
const authorCountShape = z.object({ name: z.string(), documents: z.number() });

/** Documents that are there and are not learned from, by reason. */
const leftOutShape = z.object({
  reason: z.enum(["field", "folder", "other", "together", "excluded"]),
  documents: z.number(),
});

/** The languages of a corpus, most words first, and what is learned of it. */
export const languagesFoundShape = z.object({
  counts: z.array(
    z.object({
      /** ISO 639. */
      language: z.string(),
      words: z.number(),
      /** Tone and voice are learned from them, too. */
      isRead: z.boolean(),
    }),
  ),
  /** Next to nothing is in a language that is read: tags alone are learned. */
  hasTagsAlone: z.boolean(),
});

/** What is to be learned, from where, and where to keep it. */
export const learningJobShape = z.object({
  writer: z.string().min(1),
  /** Absolute paths, in addition to the folders that the store already has for this writer. */
  folders: z.array(z.string()),
  corpus: corpusSettingsShape.optional(),
  whose: whoseTextShape.optional(),
  storePath: z.string(),
  modelPath: z.string(),
  /** Where the model's weights are unpacked; holds nothing of the writer. */
  cachePath: z.string(),
  options: learningOptionsShape,
});

/** How much of the machine the learner may take. */
const paceShape = z.object({
  cpuPercent: z.number().min(1).max(100),
  ...wishesShape,
  /** Somebody types or reads: runs of the model are to be short. */
  isUserActive: z.boolean(),
});

/** From the parent to the learner. */
export const toLearnerShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("learn"), job: learningJobShape }),
  /** Checkpoint and end; the same job goes on from there. */
  z.object({ kind: z.literal("pause") }),
  /** End and give up what was not finished. */
  z.object({ kind: z.literal("cancel") }),
  z.object({ kind: z.literal("pace"), ...paceShape.shape }),
  /** In place of a job: propose folders below these roots, or survey the roots as a whole, and end. */
  z.object({
    kind: z.literal("propose"),
    roots: z.array(z.string()),
    isWhole: z.boolean(),
    corpus: corpusSettingsShape.optional(),
  }),
]);

const gateShape = z.object({ open: z.boolean(), reason: z.string() });

export const gatesShape = z.object({
  tone: gateShape,
  tags: gateShape,
  masking: gateShape,
  /** Absent where no voice was to be learned. */
  voice: gateShape.optional(),
});

/** What a finished learning run tells. */
export const learningOutcomeShape = z.object({
  writer: z.string(),
  documents: z.number(),
  passages: z.number(),
  words: z.number(),
  /** Distinct tags. */
  tags: z.number(),
  learned: z.object({
    steps: z.number(),
    seconds: z.number(),
    peakMemoryBytes: z.number(),
    /** True where nothing had changed, so nothing was learned again. */
    skipped: z.boolean(),
  }),
  gate: gatesShape,
  /** What went wrong with learning, in words; none where all is well. */
  signs: z.array(z.object({ kind: z.string(), message: z.string(), advice: z.string() })),
  /** How documents that were new fitted what was learned before; absent where nothing was. */
  drift: z.object({ hasDrifted: z.boolean(), reason: z.string() }).optional(),
  /** Id of the profile version. */
  profile: z.string(),
});

/** A folder that looks like the writer's prose, and what a glance found in it. */
const proposalShape = z.object({
  /** Most documents first. */
  authors: z.array(authorCountShape),
  folder: z.string(),
  documents: z.number(),
  words: z.number(),
  tags: z.number(),
  languages: languagesFoundShape,
  /** Not every file was opened; the counts are inferred from those that were. */
  isEstimate: z.boolean(),
});

export const learningStages = [
  "corpus",
  "early",
  "masking",
  "measuring",
  "reading",
  "tags",
  "tone",
  "voice",
  "words",
] as const;

/** What learning waits for; then it goes on by itself. */
const waitShape = z.discriminatedUnion("for", [
  z.object({ for: z.literal("mains") }),
  /** The hours that the writer chose; they begin then, in milliseconds since 1970. */
  z.object({ for: z.literal("hours"), untilMs: z.number() }),
]);

/** From the learner to its parent. */
export const fromLearnerShape = z.discriminatedUnion("kind", [
  /** The process runs and waits for its job. */
  z.object({ kind: z.literal("ready") }),
  /** Something that the user should know and that stops nothing. */
  z.object({
    kind: z.literal("notice"),
    message: saidShape,
    advice: saidShape,
    /** What stands in documents; to be shown, and never logged. */
    quoted: saidValueShape.optional(),
  }),
  z.object({
    kind: z.literal("found"),
    files: z.number(),
    documents: z.number(),
    changed: z.number(),
    passages: z.number(),
    words: z.number(),
    tags: z.number(),
    folders: z.array(z.string()),
    authors: z.array(authorCountShape).optional(),
    leftOut: z.array(leftOutShape).optional(),
    languages: languagesFoundShape.optional(),
  }),
  /** Learning goes on from a checkpoint. */
  z.object({ kind: z.literal("resumed"), step: z.number(), steps: z.number() }),
  z.object({
    kind: z.literal("progress"),
    stage: z.enum(learningStages),
    /** Share of all the work that is done, in [0, 1]. */
    fraction: z.number(),
    /** Estimated from this run's own speed; absent before there is one. */
    secondsLeft: z.number().optional(),
  }),
  /** Learning stands still; without `wait` it goes on. */
  z.object({ kind: z.literal("waiting"), wait: waitShape.optional() }),
  z.object({
    kind: z.literal("epoch"),
    epoch: z.number(),
    heldOutLoss: z.number().optional(),
    trainLoss: z.number().optional(),
  }),
  /** Readings use this profile version from now on. An early one has tags alone and is replaced by the full one. */
  z.object({ kind: z.literal("published"), profile: z.string(), isEarly: z.boolean() }),
  z.object({ kind: z.literal("proposed"), proposals: z.array(proposalShape) }),
  z.object({ kind: z.literal("done"), outcome: learningOutcomeShape }),
  /** A checkpoint is written; the same job goes on from it. */
  z.object({ kind: z.literal("paused"), reason: z.string() }),
  z.object({ kind: z.literal("cancelled") }),
  z.object({
    kind: z.literal("failed"),
    name: z.string(),
    message: z.string(),
    /** What is told of it; absent for a failure that nobody foresaw. */
    told: toldShape.optional(),
    stack: z.string().optional(),
  }),
]);

export type LearningOptions = Readonly<z.infer<typeof learningOptionsShape>>;
export type LearningPace = Readonly<z.infer<typeof paceShape>>;
export type LearningWait = Readonly<z.infer<typeof waitShape>>;
export type WhoseText = Readonly<z.infer<typeof whoseTextShape>>;
export type LeftOut = Readonly<z.infer<typeof leftOutShape>>;
export type LanguagesFound = Readonly<z.infer<typeof languagesFoundShape>>;
export type FolderSettings = Readonly<z.infer<typeof folderSettingsShape>>;
export type CorpusSettings = Readonly<z.infer<typeof corpusSettingsShape>>;
export type ProposedFolder = Readonly<z.infer<typeof proposalShape>>;
export type LearningJob = Readonly<z.infer<typeof learningJobShape>>;
export type LearningStage = (typeof learningStages)[number];
export type LearningOutcome = Readonly<z.infer<typeof learningOutcomeShape>>;
export type ToLearner = Readonly<z.infer<typeof toLearnerShape>>;
export type FromLearner = Readonly<z.infer<typeof fromLearnerShape>>;
