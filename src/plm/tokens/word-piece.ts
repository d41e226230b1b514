import { z } from "zod";
import type { WordTokenizer } from "./encoded-text.ts";
import {
  addedTokensSchema,
  checkVocabularySize,
  parseKind,
  Vocabulary,
  vocabularySchema,
} from "./vocabulary.ts";
import { WordSplitter } from "./word-splitter.ts";
import { createWordTokenizer } from "./word-tokenizer.ts";

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

/**
 * Makes a WordPiece tokenizer (Devlin et al. 2019) of a parsed tokenizer.json. All of it is ours: the library's normaliser
 * loses offsets, lower-cases Greek final sigma by context and misses CJK beyond 16 bits, and at each start it went through
 * all of a vocabulary five times.
 */
export function createWordPieceTokenizer(json: unknown, embeddings: number): WordPieceTokenizer {
  const parsed = parseKind(wordPieceSchema, json);
  checkVocabularySize(parsed, embeddings);
  const { normalizer, model } = parsed;
  const splitter = new WordSplitter({
    cleansText: normalizer.clean_text,
    isolatesCjk: normalizer.handle_chinese_chars,
    stripsAccents: normalizer.strip_accents ?? normalizer.lowercase,
    lowersCase: normalizer.lowercase,
  });
  const vocabulary = new Vocabulary(parsed);
  const names = { cls: ["[CLS]"], sep: ["[SEP]"], pad: ["[PAD]"], mask: ["[MASK]"], unk: [model.unk_token] };
  const specialIds = vocabulary.specialIds(names);
  const tokenizer = createWordTokenizer(
    vocabulary,
    specialIds,
    (word) => idsOfPieces(word, vocabulary, model) ?? [specialIds.unk],
    (text) => splitter.split(text),
  );
  return { family: "wordPiece", ...tokenizer };
}

type Pieces = Pick<
  z.infer<typeof wordPieceSchema>["model"],
  "continuing_subword_prefix" | "max_input_chars_per_word"
>;

/**
 * The ids of a word's pieces: each time the longest that the vocabulary has. Undefined for a word that cannot be put together
 * of them, or is too long.
 */
function idsOfPieces(
  word: string,
  vocabulary: Vocabulary,
  { continuing_subword_prefix: prefix, max_input_chars_per_word: mostCharacters }: Pieces,
): readonly number[] | undefined {
  const characters = [...word];
  if (characters.length > mostCharacters) return undefined;
  const ids: number[] = [];
  let start = 0;
  let end = characters.length;
  while (start < characters.length) {
    const piece = characters.slice(start, end).join("");
    const id = vocabulary.idOf(start === 0 ? piece : prefix + piece);
    if (id !== undefined) {
      ids.push(id);
      start = end;
      end = characters.length;
    } else if (--end === start) return undefined;
  }
  return ids;
}
