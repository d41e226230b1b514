import { Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { TokenizerError } from "../errors.ts";
import type { SourceWord, WordTokenizer } from "./encoded-text.ts";
import {
  addedTokensSchema,
  checkVocabularySize,
  mergesSchema,
  parseKind,
  tokenId,
  Vocabulary,
  type VocabularyParts,
  vocabularySchema,
} from "./vocabulary.ts";
import { createWordTokenizer } from "./word-tokenizer.ts";

/** Turns text into the vocabulary ids of a RoBERTa model, and back. */
export interface ByteLevelTokenizer extends WordTokenizer {
  readonly family: "byteLevel";
}

const none = z.union([z.null(), z.literal("")]).optional();
/** `<s>` and `</s>` around the text, in the two ways of writing it. */
const robertaProcessing = z.looseObject({
  type: z.literal("RobertaProcessing"),
  cls: z.tuple([z.string(), tokenId]),
  sep: z.tuple([z.string(), tokenId]),
});
const special = z.object({ SpecialToken: z.looseObject({ id: z.string() }) });
const templateProcessing = z.looseObject({
  type: z.literal("TemplateProcessing"),
  single: z.tuple([special, z.object({ Sequence: z.looseObject({}) }), special]),
});

/** The parts of tokenizer.json that decide how RoBERTa cuts text. */
const byteLevelSchema = z.looseObject({
  added_tokens: addedTokensSchema,
  normalizer: z.null().optional(),
  pre_tokenizer: z.looseObject({
    type: z.literal("ByteLevel"),
    add_prefix_space: z.boolean().default(true),
    use_regex: z.literal(true).default(true),
  }),
  post_processor: z.discriminatedUnion("type", [robertaProcessing, templateProcessing]),
  model: z.looseObject({
    type: z.literal("BPE").default("BPE"),
    vocab: vocabularySchema,
    merges: mergesSchema,
    dropout: z.union([z.null(), z.literal(0)]).optional(),
    unk_token: z.string().nullish(),
    continuing_subword_prefix: none,
    end_of_word_suffix: none,
    byte_fallback: z.literal(false).default(false),
    ignore_merges: z.boolean().default(false),
  }),
});

/** Makes a byte-level BPE tokenizer (Radford et al. 2019; Liu et al. 2019) of a parsed tokenizer.json. */
export function createByteLevelTokenizer(json: unknown, embeddings: number): ByteLevelTokenizer {
  const parsed = parseKind(byteLevelSchema, json);
  const { pre_tokenizer, post_processor, model } = parsed;
  checkVocabularySize(parsed, embeddings, model.merges.length);
  const vocabulary = new Vocabulary(parsed);
  const { cls, sep } = bracketsOf(post_processor);
  const unk = [...(typeof model.unk_token === "string" ? [model.unk_token] : []), "<unk>", "[UNK]"];
  const names = { cls: [cls], sep: [sep], pad: ["<pad>", "[PAD]"], mask: ["<mask>", "[MASK]"], unk };
  const specialIds = vocabulary.specialIds(names);
  checkAlphabet(vocabulary);
  const tokensOf = mergedTokens(parsed);
  const tokenizer = createWordTokenizer(
    vocabulary,
    specialIds,
    (word) => tokensOf(word).map((token) => vocabulary.idOf(token) ?? specialIds.unk),
    (text, place) => splitByteLevel(text, pre_tokenizer.add_prefix_space || place?.isContinued === true),
  );
  return { family: "byteLevel", ...tokenizer };
}

/**
 * The tokens of single words, merged by the library. It is given the model and the added tokens alone: normalisers,
 * pre-tokenisers and decoders of a file may hold patterns that never end, and ours take their place. Throws
 * {@link TokenizerError}.
 */
function mergedTokens({ added_tokens, model }: VocabularyParts): (word: string) => readonly string[] {
  const none = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  try {
    const given = { ...model, vocab: Object.fromEntries(model.vocab) };
    const library = new LibraryTokenizer({ ...none, added_tokens, model: given }, {});
    return (word) => library.model?.encode([word]) ?? [];
  } catch (cause) {
    throw new TokenizerError("tokenizer.json lacks a part that its library needs.", { cause });
  }
}

function bracketsOf(processor: z.infer<typeof byteLevelSchema>["post_processor"]): {
  readonly cls: string;
  readonly sep: string;
} {
  switch (processor.type) {
    case "RobertaProcessing":
      return { cls: processor.cls[0], sep: processor.sep[0] };
    case "TemplateProcessing": {
      const [cls, , sep] = processor.single;
      return { cls: cls.SpecialToken.id, sep: sep.SpecialToken.id };
    }
    default:
      return processor satisfies never;
  }
}

/** Every byte needs a token of its own, or parts of words would vanish without a trace. */
function checkAlphabet(vocabulary: Vocabulary): void {
  const missing = characterOfByte.filter((character) => vocabulary.idOf(character) === undefined);
  if (missing.length > 0) {
    throw new TokenizerError(`tokenizer.json has no token for ${missing.length} of the 256 bytes.`);
  }
}

/**
 * The pattern of GPT-2 (Radford et al. 2019), which RoBERTa took over: contractions, and runs of letters, of
 * numbers and of other signs, each with one space before it. JavaScript's \s knows U+FEFF and not U+0085, so
 * white space is named by its property, as in Rust `tokenizers`. All of Unicode was compared with its version
 * 0.23; the only differences are 4,657 code points younger than its tables, which no vocabulary has.
 */
const pattern =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
const outerSpace = /^\p{White_Space}+|\p{White_Space}+$/gu;

/**
 * Cuts text into words as Rust `tokenizers` does. A word's span leaves out the white space around it; a word
 * of white space keeps it. With `hasSpaceBefore` the text is read as if a space stood before it, unless one
 * does; a word of that space alone counts to the next one. A word is written with the space before it, each byte of
 * its UTF-8 as one printable character.
 */
function splitByteLevel(text: string, hasSpaceBefore: boolean): readonly SourceWord[] {
  const isAdded = hasSpaceBefore && text !== "" && !text.startsWith(" ");
  const shift = isAdded ? 1 : 0;
  const words: SourceWord[] = [];
  for (const match of (isAdded ? ` ${text}` : text).matchAll(pattern)) {
    const [found] = match;
    const trimmed = found.replace(outerSpace, "");
    const inner = trimmed === "" ? 0 : found.indexOf(trimmed);
    const from = match.index + inner - shift;
    const end = from + (trimmed === "" ? found.length : trimmed.length);
    words.push({ written: writeBytes(found), start: Math.max(0, from), end });
  }
  return words;
}

const encoder = new TextEncoder();

/** Half a surrogate pair has no UTF-8 and becomes U+FFFD. */
function writeBytes(word: string): string {
  let written = "";
  for (const byte of encoder.encode(word)) written += characterOfByte[byte]!;
  return written;
}

/**
 * GPT-2's table: a byte that is a printable character of Latin-1 stands for itself, the others for
 * characters from U+0100 on.
 */
export const characterOfByte: readonly string[] = (() => {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
})();
