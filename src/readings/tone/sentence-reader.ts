import { countWords } from "../../corpus/parse-document.ts";
import { cutSentence } from "../../learning/cut-document.ts";
import { sum } from "../../numbers/mean.ts";
import { unitMean } from "../../numbers/vectors.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import type { ProfileState } from "../../profile/versions.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { textHash } from "../../text/text-hash.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import type { EncodedReading, TextEncoder } from "../../tone/reading/text-encoder.ts";
import { SentenceCache } from "./sentence-cache.ts";

/** What sentences are read with; the cache may be shared by readers of any writers and profiles. */
export interface SentenceReaders {
  readonly encoder: TextEncoder;
  readonly reader: GeneralReader;
  readonly cache?: SentenceCache;
}

/** Sentences that are tokenised at a time; some ten milliseconds. */
const sentencesPerPart = 48;

/** Reads sentences in general and, where the profile has some, under the writer's prompts for tone; cached. */
export class SentenceReader {
  readonly #readers: Required<SentenceReaders>;
  readonly #own: SoftPrompts | undefined;
  /** Names all that a reading depends on but the sentence. */
  readonly #name: string;

  constructor({ encoder, reader, cache = new SentenceCache() }: SentenceReaders, state: ProfileState) {
    this.#readers = { encoder, reader, cache };
    this.#own = state.kind === "open" ? state.profile.tonePrompts : undefined;
    this.#name = state.kind === "open" && this.#own !== undefined ? `${reader.id} ${state.id}` : reader.id;
  }

  /** One reading for each sentence, in order. */
  async read(
    sentences: readonly string[],
    breathe?: () => Promise<void>,
  ): Promise<readonly DocumentSentence[]> {
    const { cache } = this.#readers;
    const keys = sentences.map((sentence) => `${this.#name} ${textHash(sentence)}`);
    const found = new Map<string, DocumentSentence>();
    const missing = new Map<string, string>();
    for (const [at, key] of keys.entries()) {
      const known = cache.get(key);
      if (known === undefined) missing.set(key, sentences[at]!);
      else found.set(key, known);
    }
    await this.#readMissing([...missing], breathe, (key, reading) => {
      found.set(key, reading);
      cache.set(key, reading);
    });
    return keys.map((key) => found.get(key)!);
  }

  /** What was read before a cancellation is kept. */
  async #readMissing(
    missing: readonly (readonly [key: string, sentence: string])[],
    breathe: (() => Promise<void>) | undefined,
    keep: (key: string, reading: DocumentSentence) => void,
  ): Promise<void> {
    const { encoder, reader } = this.#readers;
    const readers = {
      model: reader.model,
      encoder,
      general: reader.tonePrompts,
      ...(this.#own === undefined ? {} : { personal: this.#own }),
      ...(breathe === undefined ? {} : { breathe }),
    };
    // Sentences of like length share runs with little padding.
    const queue = missing.toSorted(([, a], [, b]) => a.length - b.length);
    for (let from = 0; from < queue.length; from += sentencesPerPart) {
      await breathe?.();
      const part = queue.slice(from, from + sentencesPerPart);
      const texts = part.map(([, sentence]) => sentence);
      const readings = await readSentences(readers, texts);
      for (const [at, [key]] of part.entries()) keep(key, readings[at]!);
    }
  }
}

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
    const scales = own.every(({ textScale }) => textScale !== undefined)
      ? own.map(({ textScale }) => textScale!)
      : undefined;
    return {
      key: textHash(sentence),
      scope: "sentence",
      words: countWords(sentence),
      latent: meanByLength(latentsOf(own), lengths),
      ...(scales === undefined ? {} : { textScale: meanByLength(scales, lengths) }),
      ...(personalReadings === undefined
        ? {}
        : { latentPersonal: meanByLength(latentsOf(personalReadings.slice(...range)), lengths) }),
      vector: unitMean(own.map(({ vector }) => vector)),
    };
  });
}

const latentsOf = (readings: readonly EncodedReading[]): readonly number[] =>
  readings.map(({ valence = 0 }) => valence);

/** The mean of what parts of a sentence have, weighed by their lengths. */
function meanByLength(values: readonly number[], lengths: readonly number[]): number {
  const total = sum(lengths);
  return sum(values.map((value, at) => (value * lengths[at]!) / total));
}
