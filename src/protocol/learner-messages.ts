import { z } from "zod";

/** How a learner learns. Everything but pace and threads decides the result, up to rounding. */
export const learningOptionsShape = z.object({
  seed: z.number().int(),
  /** Threads within one operator of the model. */
  threads: z.number().int().positive(),
  /** Share of time that the learner may compute, in percent. */
  cpuPercent: z.number().min(1).max(100),
  /** Tokens of one uninterrupted run of the model: few while somebody types, more when nobody does. */
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
});

/** What is to be learned, from where, and where to keep it. */
export const learningJobShape = z.object({
  writer: z.string().min(1),
  /** Absolute paths, in addition to the folders that the store already has for this writer. */
  folders: z.array(z.string()),
  storePath: z.string(),
  modelPath: z.string(),
  /** Where the model's weights are unpacked; holds nothing of the writer. */
  cachePath: z.string(),
  options: learningOptionsShape,
});

/** From the parent to the learner. */
export const toLearnerShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("learn"), job: learningJobShape }),
  /** Checkpoint and end; the same job goes on from there. */
  z.object({ kind: z.literal("pause") }),
  /** End and give up what was not finished. */
  z.object({ kind: z.literal("cancel") }),
  z.object({ kind: z.literal("pace"), cpuPercent: z.number().min(1).max(100) }),
]);

const gateShape = z.object({ open: z.boolean(), reason: z.string() });

export const gatesShape = z.object({ tone: gateShape, tags: gateShape, masking: gateShape });

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
  /** Id of the profile version. */
  profile: z.string(),
});

export const learningStages = ["corpus", "masking", "measuring", "reading", "tags", "tone"] as const;

/** From the learner to its parent. */
export const fromLearnerShape = z.discriminatedUnion("kind", [
  /** The process runs and waits for its job. */
  z.object({ kind: z.literal("ready") }),
  /** Something that the user should know and that stops nothing. */
  z.object({ kind: z.literal("notice"), message: z.string(), advice: z.string() }),
  z.object({
    kind: z.literal("found"),
    files: z.number(),
    documents: z.number(),
    changed: z.number(),
    passages: z.number(),
    words: z.number(),
    tags: z.number(),
    folders: z.array(z.string()),
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
  z.object({
    kind: z.literal("epoch"),
    epoch: z.number(),
    heldOutLoss: z.number().optional(),
    trainLoss: z.number().optional(),
  }),
  z.object({ kind: z.literal("done"), outcome: learningOutcomeShape }),
  /** A checkpoint is written; the same job goes on from it. */
  z.object({ kind: z.literal("paused"), reason: z.string() }),
  z.object({ kind: z.literal("cancelled") }),
  z.object({
    kind: z.literal("failed"),
    name: z.string(),
    message: z.string(),
    stack: z.string().optional(),
  }),
]);

export type LearningOptions = Readonly<z.infer<typeof learningOptionsShape>>;
export type LearningJob = Readonly<z.infer<typeof learningJobShape>>;
export type LearningStage = (typeof learningStages)[number];
export type LearningOutcome = Readonly<z.infer<typeof learningOutcomeShape>>;
export type ToLearner = Readonly<z.infer<typeof toLearnerShape>>;
export type FromLearner = Readonly<z.infer<typeof fromLearnerShape>>;
