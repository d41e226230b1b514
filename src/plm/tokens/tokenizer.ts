import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { TokenizerError } from "../errors.ts";
import { notJson, parseJson } from "../files/parse-json.ts";
import { type ByteLevelTokenizer, createByteLevelTokenizer } from "./byte-level.ts";
import { withEmojiNames } from "./emoji-names.ts";
import { maximumTokens } from "./vocabulary.ts";
import { createWordPieceTokenizer, type WordPieceTokenizer } from "./word-piece.ts";

/** Turns text into the vocabulary ids of one PLM; `family` tells how it cuts words. */
export type Tokenizer = WordPieceTokenizer | ByteLevelTokenizer;

export interface TokenizerOptions {
  /** Whether emoji are read as their names; as the model's config.json declares (`names_emoji`) if absent. */
  readonly namesEmoji?: boolean;
  /** Tokens that the model has embeddings for; a vocabulary with more is refused. */
  readonly embeddings?: number;
}

/** Loads `tokenizer.json` of a Hugging Face model directory. Throws {@link TokenizerError}. */
export async function loadTokenizer(
  directory: string,
  { embeddings = Number.POSITIVE_INFINITY, namesEmoji }: TokenizerOptions = {},
): Promise<Tokenizer> {
  const path = join(directory, "tokenizer.json");
  let json: unknown;
  try {
    json = parseJson(await readFile(path), entriesFor(embeddings));
  } catch (cause) {
    throw new TokenizerError(`${path} ${notJson(cause)}.`, { cause });
  }
  const tokenizer = parseTokenizer(json, embeddings);
  return (namesEmoji ?? (await declaresEmojiNames(directory))) ? withEmojiNames(tokenizer) : tokenizer;
}

const declaration = z.looseObject({ names_emoji: z.boolean().optional() });

/** A config.json that is missing or broken declares nothing; whoever needs the rest of it says so. */
async function declaresEmojiNames(directory: string): Promise<boolean> {
  const text = await readFile(join(directory, "config.json"), "utf8").catch(() => "{}");
  try {
    return declaration.safeParse(JSON.parse(text)).data?.names_emoji ?? false;
  } catch {
    return false;
  }
}

/** One entry a token, ten for each of up to 10,000 added ones, and some for the rest. */
const entriesFor = (embeddings: number): number => Math.min(embeddings, maximumTokens) + 110_000;

const kindSchema = z.looseObject({
  pre_tokenizer: z.looseObject({ type: z.string() }).nullish(),
  model: z.looseObject({ type: z.string().optional() }).optional(),
});

/** Makes a tokenizer of a parsed `tokenizer.json`. Throws {@link TokenizerError} for an unknown kind. */
export function parseTokenizer(json: unknown, embeddings = Number.POSITIVE_INFINITY): Tokenizer {
  const kind = kindSchema.safeParse(json).data;
  const isByteLevel = kind?.pre_tokenizer?.type === "ByteLevel" || kind?.model?.type === "BPE";
  return isByteLevel
    ? createByteLevelTokenizer(json, embeddings)
    : createWordPieceTokenizer(json, embeddings);
}
