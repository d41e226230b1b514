import { z } from "zod";
import { saidShape } from "../said/said-shapes.ts";
import { meanGainShape, tagReportShape } from "../tags/proof/tag-metrics.ts";
import { driftBaselineShape, driftReportShape } from "./watching/drift.ts";
import { signKinds } from "./watching/learning-signs.ts";

const gateShape = z.object({ open: z.boolean(), reason: z.string(), said: saidShape.optional() });
const intervalShape = z.object({
  mean: z.number(),
  low: z.number(),
  high: z.number(),
  /** 0.95 if absent. */
  confidence: z.number().optional(),
});
/** Of hidden words; losses in nats. */
export const figuresShape = z.object({ loss: z.number(), perplexity: z.number(), top1: z.number() });

/** One epoch of intermediate learning. Losses in nats. */
const curvePointShape = z.object({
  epoch: z.number(),
  step: z.number(),
  trainLoss: z.number().optional(),
  heldOut: figuresShape.optional(),
});

/** Masked-LM readings of the same held-out text with the same masks. */
const maskingReportShape = z.object({
  documents: z.number(),
  masked: z.number(),
  none: figuresShape,
  shared: figuresShape,
  own: figuresShape,
  /** own − shared in nats, paired by document. */
  difference: intervalShape,
  /** own − another writer's prompts, of the one that comes closest; absent where nobody else has learned here. */
  strangers: z.object({ writers: z.number(), difference: intervalShape }).optional(),
});

const toneScoreShape = z.object({
  accuracy: intervalShape,
  meanAbsoluteError: intervalShape,
  abstained: z.number(),
});

/** Readings of labelled documents and sentences before they were learned from. */
const toneReportShape = z.object({
  documents: z.number(),
  labels: z.number(),
  general: toneScoreShape,
  personal: toneScoreShape,
  accuracyGain: intervalShape,
  errorGain: intervalShape,
  /** Whether readings under the writer's prompts are part of the personal one; absent where none were tuned. */
  usesPrompts: z.boolean().optional(),
  /** Error that they take away beyond the shift and beyond what would be shown without them, by document. */
  promptGain: meanGainShape.optional(),
});

const signShape = z.object({
  kind: z.enum(signKinds),
  message: z.string(),
  advice: z.string(),
  said: z.object({ message: saidShape, advice: saidShape }).optional(),
});

/** Earlier versions of Idiolect gave a 95 % interval with it, whatever it was measured on. */
const replayShape = z.object({
  mean: z.number(),
  documents: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
});

/** How prompts that were learned on from an earlier version compare with that version's. */
const replayReportShape = z.object({
  /** The version that was learned on from. */
  from: z.string(),
  newPassages: z.number(),
  /** Passages of the texts before, drawn evenly over time and learned again beside the new ones. */
  replayedPassages: z.number(),
  kept: z.enum(["new", "former"]),
  /** New prompts − former ones in nats, on documents that choose, of the former version's text and of the new. */
  onFormerText: replayShape.optional(),
  onNewText: replayShape.optional(),
});

/** How far the writer's prompts depart from the shared ones, by strength. */
const echoReportShape = z.object({
  masked: z.number(),
  strengths: z.array(
    z.object({
      strength: z.number(),
      /** Kullback-Leibler divergence of the personal guesses from the general ones, nats a hidden token. */
      divergence: z.number(),
      /** General − personal loss on the writer's held-out text: how much of it the text bears out. */
      gain: z.number(),
    }),
  ),
  /** More divergence than this at full strength is not borne out. */
  limit: z.number(),
  isExceeded: z.boolean(),
});

/** Words that the writer's prompts read in another way than general ones do; where they stand is looked up. */
const ownWordsShape = z.object({
  /** Words with enough uses that were measured. */
  measured: z.number(),
  /** Largest excess first. */
  words: z.array(
    z.object({ word: z.string(), uses: z.number(), documents: z.number(), excess: intervalShape }),
  ),
});

/** What is told about a profile version, kept with it. */
export const reportShape = z.object({
  /** Made before anything was trained or measured: tags alone, from titles and first paragraphs. */
  isEarly: z.literal(true).optional(),
  corpus: z.object({
    folders: z.array(z.string()),
    documents: z.number(),
    passages: z.number(),
    words: z.number(),
    tags: z.number(),
    taggedDocuments: z.number(),
    /** Dates of the oldest and newest document that has one. */
    firstMs: z.number().optional(),
    lastMs: z.number().optional(),
    /** Whose text it is; empty: of somebody whom no document names. Absent in reports of earlier versions. */
    author: z.string().optional(),
    /** How many documents that are there were not learned from, and why. */
    leftOut: z
      .array(
        z.object({
          reason: z.enum(["field", "folder", "other", "together", "excluded"]),
          documents: z.number(),
        }),
      )
      .optional(),
    /** Whom the documents are by that have one author. */
    authors: z.array(z.object({ name: z.string(), documents: z.number() })).optional(),
    /** Absent in reports of earlier versions. */
    languages: z
      .object({
        counts: z.array(z.object({ language: z.string(), words: z.number(), isRead: z.boolean() })),
        hasTagsAlone: z.boolean(),
      })
      .optional(),
  }),
  curves: z.object({ masking: z.array(curvePointShape) }),
  heldOut: z.object({
    masking: maskingReportShape.optional(),
    tags: tagReportShape.optional(),
    tone: toneReportShape.optional(),
  }),
  gate: z.object({
    tone: gateShape,
    tags: gateShape,
    masking: gateShape,
    /** Absent where no voice was to be learned. */
    voice: gateShape.optional(),
  }),
  /** What went wrong; absent in reports of earlier versions of Idiolect. */
  signs: z.array(signShape).optional(),
  /** What later documents are compared with; absent without prompts. */
  driftBaseline: driftBaselineShape.optional(),
  /** How the documents that were new fitted the version before. */
  drift: driftReportShape.optional(),
  replay: replayReportShape.optional(),
  echo: echoReportShape.optional(),
  /** Absent where prompts do not help, and until they were looked for. */
  ownWords: ownWordsShape.optional(),
  learned: z.object({
    trainPassages: z.number(),
    heldOutPassages: z.number(),
    steps: z.number(),
    seconds: z.number(),
    peakMemoryBytes: z.number(),
    /** Share of computed tokens that was padding. */
    paddingShare: z.number(),
  }),
});

export type ProfileReport = Readonly<z.infer<typeof reportShape>>;
export type MaskingReport = Readonly<z.infer<typeof maskingReportShape>>;
export type OwnWordsReport = Readonly<z.infer<typeof ownWordsShape>>;
export type ReplayReport = Readonly<z.infer<typeof replayReportShape>>;
export type EchoReport = Readonly<z.infer<typeof echoReportShape>>;

/** What a version costs that was made without training. */
export const noTraining: ProfileReport["learned"] = {
  trainPassages: 0,
  heldOutPassages: 0,
  steps: 0,
  seconds: 0,
  peakMemoryBytes: 0,
  paddingShare: 0,
};
