import { z } from "zod";
import { cutSentence } from "../../learning/cut-document.ts";
import { unitMean } from "../../numbers/vectors.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { type ClassCount, toneClasses } from "../../tone/head/tone-classes.ts";
import type { ToneTarget } from "../../tone/labels/labelled-tone.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import type { GeneralModel } from "./general-model.ts";
import { floatsShape, keepResult } from "./kept-results.ts";
import type { OpinionText } from "./opinion-texts.ts";
import type { FieldLabel } from "./writer-field.ts";
import type { WriterTexts } from "./writer-split.ts";

/** A labelled text as the general model reads it. */
export interface ReadOpinion extends FieldLabel {
  readonly opinion: OpinionText;
  readonly target: Extract<ToneTarget, { kind: "classes" }>;
}

/** A writer's texts by time, read. */
export interface ReadWriter {
  readonly writer: string;
  readonly known: readonly ReadOpinion[];
  readonly later: readonly ReadOpinion[];
}

/** A general model and how texts are read with it. */
export interface OpinionReader extends GeneralModel {
  /** Where readings are kept. */
  readonly folder: string;
  readonly encoder: TextEncoder;
  readonly classes: ClassCount;
}

type Breathe = () => Promise<void>;

/** Reads all texts of some writers with the general model. */
export async function readWriters(
  opinionReader: OpinionReader,
  writers: readonly WriterTexts[],
  breathe?: Breathe,
): Promise<readonly ReadWriter[]> {
  const { model, prompts, folder } = opinionReader;
  const all = writers.flatMap(({ known, later }) => [...known, ...later]);
  const kept = { name: "readings", dependsOn: [model.id, [...prompts.values], all], shape: readingsShape };
  const read = await keepResult(folder, kept, () => readOpinions(opinionReader, all, breathe));
  let from = 0;
  const take = (texts: readonly OpinionText[]): readonly ReadOpinion[] => {
    from += texts.length;
    return texts.map((opinion, at) => {
      const { latent, vector } = read[from - texts.length + at]!;
      const target = { kind: "classes", ...toneClasses(opinion.label, opinionReader.classes) } as const;
      return { opinion, latent, vector, target, weight: 1 };
    });
  };
  return writers.map(({ writer, known, later }) => ({ writer, known: take(known), later: take(later) }));
}

const readingsShape = z.array(z.object({ latent: z.number(), vector: floatsShape }));

/** A text that is too long for the model is read in parts, weighed by their lengths. */
async function readOpinions(
  { model, encoder, prompts }: OpinionReader,
  texts: readonly OpinionText[],
  breathe: Breathe | undefined,
): Promise<z.infer<typeof readingsShape>> {
  const parts = texts.map(({ text }) => cutSentence(model, text));
  const readings = await encoder.read(parts.flat(), prompts, breathe);
  let from = 0;
  return parts.map((passages) => {
    const own = readings.slice(from, from + passages.length);
    from += passages.length;
    const latents = own.map(({ valence = 0 }) => valence);
    return { latent: meanLatent(latents, passages), vector: unitMean(own.map(({ vector }) => vector)) };
  });
}

/** Where the classes lie as the general model learned them. */
export async function trainedScale(encoder: TextEncoder): Promise<OrdinalScale> {
  const [a, b, c, d] = (await encoder.thresholds())!;
  return { thresholds: [a!, b!, c!, d!], temperature: 1 };
}

/** Of the parts of a text, weighed by their lengths. */
export function meanLatent(
  latents: readonly number[],
  passages: readonly { readonly ids: ArrayLike<number> }[],
): number {
  const total = passages.reduce((sum, { ids }) => sum + ids.length, 0);
  return latents.reduce((sum, latent, at) => sum + (latent * passages[at]!.ids.length) / total, 0);
}
