import type { GeneralReader } from "../../profile/profile.ts";
import type { ProfileState } from "../../profile/versions.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { textHash } from "../../text/text-hash.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { readSentences } from "./read-sentences.ts";
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
      general: reader.prompts,
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
