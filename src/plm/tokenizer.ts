import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type ByteLevelTokenizer, createByteLevelTokenizer } from "./byte-level.ts";
import { withEmojiNames } from "./emoji-words.ts";
import { TokenizerError } from "./errors.ts";
import { createWordPieceTokenizer, type WordPieceTokenizer } from "./word-piece.ts";

/** Turns text into the vocabulary ids of one PLM; `family` tells how it cuts words. */
export type Tokenizer = WordPieceTokenizer | ByteLevelTokenizer;

export interface TokenizerOptions {
  /** Whether emoji are read as their names; as the model's config.json declares (`names_emoji`) if absent. */
  readonly namesEmoji?: boolean;
}

/** Loads `tokenizer.json` of a Hugging Face model directory. Throws {@link TokenizerError}. */
export async function loadTokenizer(directory: string, options: TokenizerOptions = {}): Promise<Tokenizer> {
  const path = join(directory, "tokenizer.json");
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new TokenizerError(`${path} cannot be read as JSON.`, { cause });
  }
  const tokenizer = parseTokenizer(json);
  return (options.namesEmoji ?? (await declaresEmojiNames(directory)))
    ? withEmojiNames(tokenizer)
    : tokenizer;
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

const kindSchema = z.looseObject({
  pre_tokenizer: z.looseObject({ type: z.string() }).nullish(),
  model: z.looseObject({ type: z.string().optional() }).optional(),
});

/** Makes a tokenizer of a parsed `tokenizer.json`. Throws {@link TokenizerError} for an unknown kind. */
export function parseTokenizer(json: unknown): Tokenizer {
  const kind = kindSchema.safeParse(json).data;
  const isByteLevel = kind?.pre_tokenizer?.type === "ByteLevel" || kind?.model?.type === "BPE";
  return isByteLevel ? createByteLevelTokenizer(json) : createWordPieceTokenizer(json);
}
