import type { GeneralReader } from "../../profile/profile.ts";
import { ToneReader } from "../../readings/tone/tone-reader.ts";
import { type ClassShares, classShares, scaleOfText } from "../../tone/head/ordinal-scale.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import { TextEncoder, type TextEncoderOptions } from "../../tone/reading/text-encoder.ts";
import type { ToneReading } from "../../tone/reading/tone-reading.ts";
import { readInContext, type SentenceInContext } from "./context-readings.ts";

/** A text by itself as the product reads it in general, with the shares that the reading was made of. */
export interface ReadTone {
  readonly reading: ToneReading;
  readonly shares: ClassShares;
}

/** Sentences between two words about how far it is. */
const textsPerPart = 512;

/** Reads each text alone. `told` hears how many are read. Throws ModelWithoutToneError. */
export async function readTones(
  reader: GeneralReader,
  texts: readonly string[],
  options: Pick<TextEncoderOptions, "threads" | "products">,
  told: (read: number) => void = () => {},
): Promise<readonly ReadTone[]> {
  const encoder = new TextEncoder(reader.model, options);
  try {
    const tone = await ToneReader.open({ encoder, reader }, undefined);
    const read: ReadTone[] = [];
    for (let from = 0; from < texts.length; from += textsPerPart) {
      const sentences = await tone.encode(texts.slice(from, from + textsPerPart));
      for (const sentence of sentences) read.push(readTone(tone, sentence));
      told(read.length);
    }
    return read;
  } finally {
    await encoder.release();
  }
}

/** Reads each text with the sentences before it as a hard prompt. Throws ModelWithoutToneError. */
export async function readTonesInContext(
  reader: GeneralReader,
  texts: readonly SentenceInContext[],
  threads: number,
): Promise<readonly ReadTone[]> {
  const encoder = new TextEncoder(reader.model, { threads });
  try {
    const tone = await ToneReader.open({ encoder, reader }, undefined);
    const alone = await tone.encode(texts.map(({ text }) => text));
    const read = await readInContext(reader.model, texts, { prompts: reader.tonePrompts, threads });
    return read.map((reading, at) => readTone(tone, { ...alone[at]!, ...reading }));
  } finally {
    await encoder.release();
  }
}

function readTone(tone: ToneReader, sentence: DocumentSentence): ReadTone {
  const shares = classShares(sentence.latent, scaleOfText(sentence, tone.scale));
  return { reading: tone.readSentence(sentence).general, shares };
}
