import { z } from "zod";
import { TokenizerError } from "../errors.ts";
import type { EncodedText, SourceSpan, WordTokenizer } from "./encoded-text.ts";
import {
  addedTokensSchema,
  checkVocabularySize,
  Vocabulary,
  vocabularySchema,
  WordCache,
} from "./vocabulary.ts";
import { WordSplitter } from "./word-splitter.ts";

/** Turns text into the vocabulary ids of a BERT, DistilBERT or ELECTRA model, and back. */
export interface WordPieceTokenizer extends WordTokenizer {
  readonly family: "wordPiece";
}

/** The parts of tokenizer.json that decide how BERT cuts text. */
const wordPieceSchema = z.looseObject({
  added_tokens: addedTokensSchema,
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
    vocab: vocabularySchema,
    unk_token: z.string(),
    continuing_subword_prefix: z.string().max(16).default("##"),
    // Cutting takes time in the square of it.
    max_input_chars_per_word: z.int().positive().max(1_000).default(100),
  }),
});

/** Makes a WordPiece tokenizer (Devlin et al. 2019) of a parsed tokenizer.json. */
export function createWordPieceTokenizer(json: unknown, embeddings: number): WordPieceTokenizer {
  const parsed = wordPieceSchema.safeParse(json);
  if (!parsed.success) {
    throw new TokenizerError(`tokenizer.json is of an unknown kind: ${z.prettifyError(parsed.error)}.`, {
      cause: parsed.error,
    });
  }
  checkVocabularySize(parsed.data, embeddings);
  const { normalizer, model } = parsed.data;
  const splitter = new WordSplitter({
    cleansText: normalizer.clean_text,
    isolatesCjk: normalizer.handle_chinese_chars,
    stripsAccents: normalizer.strip_accents ?? normalizer.lowercase,
    lowersCase: normalizer.lowercase,
  });
  const vocabulary = new Vocabulary(parsed.data);
  const names = { cls: ["[CLS]"], sep: ["[SEP]"], pad: ["[PAD]"], mask: ["[MASK]"], unk: [model.unk_token] };
  const specialIds = vocabulary.specialIds(names);
  const cache = new WordCache();
  const idsOf = (word: string) => vocabulary.idsOfWord(word, specialIds.unk);
  return {
    family: "wordPiece",
    vocabularySize: vocabulary.size,
    specialIds,
    ordinaryIds: vocabulary.ordinaryIds(),
    encodeWords: (text) => encode(text, splitter, (word) => cache.get(word, idsOf)),
    tokenOf: (id) => vocabulary.tokenOf(id),
  };
}

/**
 * The library cuts single words; words and their spans are ours.
 * Its own normaliser loses offsets, lower-cases Greek final sigma by context and misses CJK beyond 16 bits.
 */
function encode(
  text: string,
  splitter: WordSplitter,
  idsOf: (word: string) => readonly number[],
): EncodedText {
  const ids: number[] = [];
  const words: number[] = [];
  const spans: SourceSpan[] = [];
  for (const { normalised, start, end } of splitter.split(text)) {
    for (const id of idsOf(normalised)) {
      ids.push(id);
      words.push(spans.length);
    }
    spans.push({ start, end });
  }
  return { ids, words, spans };
}
