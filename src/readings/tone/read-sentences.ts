import { countWords } from "../../corpus/parse-document.ts";
import { cutSentence } from "../../learning/cut-document.ts";
import { unitMean } from "../../numbers/vectors.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { textHash } from "../../text/text-hash.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import type { EncodedReading, TextEncoder } from "../../tone/reading/text-encoder.ts";

export interface ToneReaders {
  readonly model: PretrainedModel;
  readonly encoder: TextEncoder;
  /** Of the general reading. */
  readonly general: SoftPrompts | undefined;
  /** The writer's; absent where they are not learned or not used. */
  readonly personal?: SoftPrompts;
  readonly breathe?: () => Promise<void>;
}

/** Reads sentences for their tone. One that is too long for the model is read in parts, weighed by length. */
export async function readSentences(
  { model, encoder, general, personal, breathe }: ToneReaders,
  sentences: readonly string[],
): Promise<readonly DocumentSentence[]> {
  const parts = sentences.map((sentence) => cutSentence(model, sentence));
  const flat = parts.flat();
  const generalReadings = await encoder.read(flat, general, breathe);
  const personalReadings = personal && (await encoder.read(flat, personal, breathe));
  let from = 0;
  return sentences.map((sentence, at) => {
    const range = [from, from + parts[at]!.length] as const;
    const lengths = parts[at]!.map(({ ids }) => ids.length);
    from = range[1];
    const own = generalReadings.slice(...range);
    return {
      key: textHash(sentence),
      scope: "sentence",
      words: countWords(sentence),
      latent: meanLatent(own, lengths),
      ...meanScale(own, lengths),
      ...(personalReadings === undefined
        ? {}
        : { latentPersonal: meanLatent(personalReadings.slice(...range), lengths) }),
      vector: unitMean(own.map(({ vector }) => vector)),
    };
  });
}

function meanLatent(readings: readonly EncodedReading[], lengths: readonly number[]): number {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return readings.reduce((sum, { valence = 0 }, at) => sum + (valence * lengths[at]!) / total, 0);
}

/** The scale of a sentence that was read in parts, of a model that gives one. */
function meanScale(
  readings: readonly EncodedReading[],
  lengths: readonly number[],
): { readonly textScale?: number } {
  if (readings.some(({ textScale }) => textScale === undefined)) return {};
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    textScale: readings.reduce((sum, { textScale = 1 }, at) => sum + (textScale * lengths[at]!) / total, 0),
  };
}
