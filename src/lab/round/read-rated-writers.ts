import { z } from "zod";
import { splitSentences } from "../../corpus/sentences.ts";
import { cutSentence } from "../../learning/cut-document.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { readSentences } from "../../readings/tone/sentence-reader.ts";
import { textHash } from "../../text/text-hash.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import type { LabelledTone } from "../../tone/labels/labelled-tone.ts";
import { documentText } from "../../tone/reading/document-latent.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { floatsShape, keepResult } from "../sentiment/kept-results.ts";
import type { RatedText, RatedWriter } from "./rated-writers.ts";

/** A writer whose texts were read in general; the ratings are labels, the oldest first. */
export interface ReadRatedWriter {
  readonly writer: string;
  readonly labels: readonly LabelledTone[];
}

const readingShape = z.object({
  scope: z.enum(["sentence", "document"]),
  latent: z.number(),
  textScale: z.number().optional(),
  vector: floatsShape,
});

/** Where general readings are kept, and what they are made with. */
export interface RatedReaders {
  readonly reader: GeneralReader;
  readonly encoder: TextEncoder;
  readonly scale: OrdinalScale;
  /** A folder; readings are kept there for each base and writer, so that what was cut short goes on. */
  readonly kept: string;
}

/**
 * Reads a writer's texts in general: one that the model takes in one piece by itself, as it reads a sentence, a longer
 * one as a document.
 */
export async function readRatedWriter(
  { writer, texts }: RatedWriter,
  { reader, encoder, scale, kept }: RatedReaders,
): Promise<ReadRatedWriter> {
  const name = `rated-${textHash(writer).slice(0, 16)}`;
  const dependsOn = [reader.id, texts.map(({ text }) => textHash(text))];
  const shape = z.array(readingShape);
  const readings = await keepResult(kept, { name, dependsOn, shape }, () =>
    readTexts(texts, reader, encoder, scale),
  );
  return {
    writer,
    labels: texts.map(({ text, valence }, at) => ({
      ...readings[at]!,
      textScale: readings[at]!.textScale ?? 1,
      key: textHash(text),
      document: textHash(text),
      target: { kind: "valence", valence },
      weight: 1,
      timeMs: at,
      kind: "rating",
    })),
  };
}

async function readTexts(
  texts: readonly RatedText[],
  { model, prompts }: GeneralReader,
  encoder: TextEncoder,
  scale: OrdinalScale,
): Promise<z.infer<typeof readingShape>[]> {
  const isShort = texts.map(({ text }) => cutSentence(model, text).length === 1);
  const pieces = texts.map(({ text }, at) =>
    isShort[at] ? [text] : splitSentences(text, "en").map(({ start, end }) => text.slice(start, end)),
  );
  const read = (await readSentences({ model, encoder, general: prompts }, pieces.flat())).values();
  return texts.map(({ text }, at) => {
    const own = pieces[at]!.map(() => read.next().value!);
    const { scope, latent, textScale, vector } = isShort[at]
      ? own[0]!
      : documentText(textHash(text), own, scale);
    return { scope, latent, ...(textScale === undefined ? {} : { textScale }), vector };
  });
}
