import { z } from "zod";
import { TokenizerError } from "../errors.ts";
import { type ByteLevelWord, characterOfByte, splitByteLevel } from "./byte-level-words.ts";
import type { EncodedText, SourceSpan, WordTokenizer } from "./encoded-text.ts";
import {
  addedTokensSchema,
  checkVocabularySize,
  mergesSchema,
  tokenId,
  Vocabulary,
  vocabularySchema,
  WordCache,
} from "./vocabulary.ts";

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
  const parsed = byteLevelSchema.safeParse(json);
  if (!parsed.success) {
    throw new TokenizerError(`tokenizer.json is of an unknown kind: ${z.prettifyError(parsed.error)}.`, {
      cause: parsed.error,
    });
  }
  const { pre_tokenizer, post_processor, model } = parsed.data;
  checkVocabularySize(parsed.data, embeddings, model.merges.length);
  const vocabulary = new Vocabulary(parsed.data);
  const { cls, sep } = bracketsOf(post_processor);
  const unk = [...(typeof model.unk_token === "string" ? [model.unk_token] : []), "<unk>", "[UNK]"];
  const names = { cls: [cls], sep: [sep], pad: ["<pad>", "[PAD]"], mask: ["<mask>", "[MASK]"], unk };
  const specialIds = vocabulary.specialIds(names);
  checkAlphabet(vocabulary);
  const cache = new WordCache();
  const idsOf = (word: string) => vocabulary.idsOfWord(word, specialIds.unk);
  return {
    family: "byteLevel",
    vocabularySize: vocabulary.size,
    specialIds,
    ordinaryIds: vocabulary.ordinaryIds(),
    encodeWords: (text, place) => {
      const words = splitByteLevel(text, pre_tokenizer.add_prefix_space || place?.isContinued === true);
      return encode(words, (word) => cache.get(word, idsOf));
    },
    tokenOf: (id) => vocabulary.tokenOf(id),
  };
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

function encode(found: readonly ByteLevelWord[], idsOf: (word: string) => readonly number[]): EncodedText {
  const ids: number[] = [];
  const words: number[] = [];
  const spans: SourceSpan[] = [];
  for (const { written, start, end } of found) {
    for (const id of idsOf(written)) {
      ids.push(id);
      words.push(spans.length);
    }
    // The space put before the text, alone: the next word takes its token.
    if (end > start) spans.push({ start, end });
  }
  return { ids, words, spans };
}
