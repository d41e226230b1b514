import { Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import type { EncodedText, SourceSpan, SpecialIds } from "./encoded-text.ts";
import { TokenizerError } from "./errors.ts";
import { WordSplitter } from "./word-piece-words.ts";

/** Turns text into the vocabulary ids of a BERT model, and back. */
export interface WordPieceTokenizer {
  readonly family: "wordPiece";
  /** Number of ids, special tokens counted. */
  readonly vocabularySize: number;
  readonly specialIds: SpecialIds;
  /**
   * Tokens of `text` with their words and source spans, as Python `tokenizers` gives them with
   * `encode_special_tokens=True`: a writer's literal `[MASK]` is text, never the special token.
   */
  encodeWords(text: string): EncodedText;
  /** Token of an id as it is written in the vocabulary (`##ing`), or `undefined` outside of it. */
  tokenOf(id: number): string | undefined;
}

/** The parts of tokenizer.json that decide how BERT cuts text; anything else in it is left to the library. */
const wordPieceSchema = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int().nonnegative(), content: z.string() })),
  normalizer: z.looseObject({
    type: z.literal("BertNormalizer"),
    clean_text: z.boolean().default(true),
    handle_chinese_chars: z.boolean().default(true),
    strip_accents: z.boolean().nullish(),
    lowercase: z.boolean().default(true),
  }),
  pre_tokenizer: z.looseObject({ type: z.literal("BertPreTokenizer") }),
  model: z.looseObject({
    type: z.literal("WordPiece"),
    vocab: z.record(z.string(), z.int().nonnegative()),
    unk_token: z.string(),
  }),
});

/** Words the cache holds before it starts anew: a large corpus has about 10⁵ distinct ones. */
const maximumCachedWords = 100_000;

/** Makes a WordPiece tokenizer (Devlin et al. 2019) of a parsed tokenizer.json. */
export function createWordPieceTokenizer(json: unknown): WordPieceTokenizer {
  const parsed = wordPieceSchema.safeParse(json);
  if (!parsed.success) {
    throw new TokenizerError(`tokenizer.json is of an unknown kind: ${z.prettifyError(parsed.error)}.`, {
      cause: parsed.error,
    });
  }
  const { normalizer } = parsed.data;
  const splitter = new WordSplitter({
    cleansText: normalizer.clean_text,
    isolatesCjk: normalizer.handle_chinese_chars,
    stripsAccents: normalizer.strip_accents ?? normalizer.lowercase,
    lowersCase: normalizer.lowercase,
  });
  const library = createLibraryTokenizer(parsed.data);
  return new CachingWordPieceTokenizer(library, splitter, specialIdsOf(library, parsed.data.model.unk_token));
}

function createLibraryTokenizer(json: object): LibraryTokenizer {
  try {
    return new LibraryTokenizer(json, {});
  } catch (cause) {
    throw new TokenizerError("tokenizer.json lacks a part that its library needs.", { cause });
  }
}

function specialIdsOf(library: LibraryTokenizer, unknownToken: string): SpecialIds {
  const idOf = (token: string): number => {
    const id = library.token_to_id(token);
    if (id === undefined) throw new TokenizerError(`tokenizer.json has no token ${token}.`);
    return id;
  };
  return {
    cls: idOf("[CLS]"),
    sep: idOf("[SEP]"),
    pad: idOf("[PAD]"),
    mask: idOf("[MASK]"),
    unk: idOf(unknownToken),
  };
}

/**
 * The library cuts single words; words and their spans are ours.
 * Its own normaliser loses offsets, lower-cases Greek final sigma by context and misses CJK beyond 16 bits.
 */
class CachingWordPieceTokenizer implements WordPieceTokenizer {
  readonly family = "wordPiece";
  readonly vocabularySize: number;
  readonly specialIds: SpecialIds;
  readonly #library: LibraryTokenizer;
  readonly #splitter: WordSplitter;
  readonly #idsOfWord = new Map<string, readonly number[]>();

  constructor(library: LibraryTokenizer, splitter: WordSplitter, specialIds: SpecialIds) {
    this.#library = library;
    this.#splitter = splitter;
    this.specialIds = specialIds;
    this.vocabularySize = Math.max(...library.get_vocab().values()) + 1;
  }

  encodeWords(text: string): EncodedText {
    const ids: number[] = [];
    const words: number[] = [];
    const spans: SourceSpan[] = [];
    for (const { normalised, start, end } of this.#splitter.split(text)) {
      for (const id of this.#encodeWord(normalised)) {
        ids.push(id);
        words.push(spans.length);
      }
      spans.push({ start, end });
    }
    return { ids, words, spans };
  }

  tokenOf(id: number): string | undefined {
    return this.#library.id_to_token(id);
  }

  #encodeWord(word: string): readonly number[] {
    const known = this.#idsOfWord.get(word);
    if (known !== undefined) return known;
    const tokens: readonly string[] = this.#library.model?.encode([word]) ?? [];
    const ids = tokens.map((token) => this.#library.token_to_id(token) ?? this.specialIds.unk);
    if (this.#idsOfWord.size >= maximumCachedWords) this.#idsOfWord.clear();
    this.#idsOfWord.set(word, ids);
    return ids;
  }
}
