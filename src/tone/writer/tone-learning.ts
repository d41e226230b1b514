import { z } from "zod";
import { countNotFinite } from "../../plm/files/floats.ts";
import { classShares, expectedValence, type OrdinalScale, scaleOfText } from "../head/ordinal-scale.ts";
import type { LabelledTone } from "../labels/labelled-tone.ts";
import type { DocumentSentence } from "../reading/document-latent.ts";
import { ToneBaseline } from "../reading/tone-baseline.ts";

/** A label as it is kept with a profile. */
const labelShape = z.object({
  key: z.string(),
  scope: z.enum(["sentence", "document"]),
  latent: z.number(),
  textScale: z.number().positive().optional(),
  latentPersonal: z.number().optional(),
  /** 32-bit floats. */
  vectorBase64: z.string().refine((text) => {
    const bytes = Buffer.from(text, "base64");
    return bytes.length % 4 === 0 && countNotFinite(floatsOf(bytes)) === 0;
  }, "these are no finite numbers"),
  document: z.string(),
  valence: z.number(),
  weight: z.number(),
  timeMs: z.number(),
  kind: z.enum(["mood", "rating", "sentiment", "emoticon", "correction", "answer"]),
});

const toneLearnedShape = z.object({
  /** The shift is not kept: it is that of the labels, and of those that were given since. */
  parameters: z.object({ promptWeight: z.number() }),
  baseline: z.object({ sentences: z.number(), quantiles: z.array(z.number()) }).optional(),
  labels: z.array(labelShape),
});

/** What is kept of tone learning. */
export type ToneLearned = Readonly<z.infer<typeof toneLearnedShape>>;

/** A label whose text has been read. All labels of this project say a valence. */
export type ReadLabel = LabelledTone & { readonly target: { readonly kind: "valence" } };

/**
 * Learns a writer's tone from read labels; `sentences` are a sample of the writer's own, for the baseline.
 * @param promptWeight share of the readings under the writer's prompts, which the labels then have; 0 to 1.
 */
export function learnToneReading(
  labels: readonly ReadLabel[],
  sentences: readonly DocumentSentence[],
  scale: OrdinalScale,
  promptWeight = 0,
): ToneLearned {
  const baseline = ToneBaseline.of(
    sentences.map((sentence) => expectedValence(classShares(sentence.latent, scaleOfText(sentence, scale)))),
  );
  return {
    parameters: { promptWeight },
    ...(baseline === undefined
      ? {}
      : { baseline: { ...baseline.data, quantiles: [...baseline.data.quantiles] } }),
    labels: labels.map(packLabel),
  };
}

/** The labels that were learned from, without what was taught by hand: what of that counts now, the store knows. */
export function learnedLabels({ labels }: ToneLearned): readonly ReadLabel[] {
  return labels.map(unpackLabel).filter(({ kind }) => kind !== "correction" && kind !== "answer");
}

/** What was taught by hand before it was learned, as it was read then. */
export function taughtLabels({ labels }: ToneLearned): readonly ReadLabel[] {
  return labels.map(unpackLabel).filter(({ kind }) => kind === "correction" || kind === "answer");
}

/** Throws ZodError for what no version has kept. */
export function parseToneLearned(value: unknown): ToneLearned {
  return toneLearnedShape.parse(value);
}

function packLabel({ target, vector, ...label }: ReadLabel): ToneLearned["labels"][number] {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  return { ...label, valence: target.valence, vectorBase64: bytes.toString("base64") };
}

function unpackLabel({
  valence,
  vectorBase64,
  latentPersonal,
  textScale,
  ...label
}: ToneLearned["labels"][number]): ReadLabel {
  return {
    ...label,
    ...(latentPersonal === undefined ? {} : { latentPersonal }),
    ...(textScale === undefined ? {} : { textScale }),
    target: { kind: "valence", valence },
    vector: floatsOf(Buffer.from(vectorBase64, "base64")),
  };
}

/** A copy, since a Buffer may begin where no float can. */
const floatsOf = (bytes: Buffer): Float32Array => new Float32Array(new Uint8Array(bytes).buffer);
