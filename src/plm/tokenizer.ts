import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TokenizerError } from "./errors.ts";
import { createWordPieceTokenizer, type WordPieceTokenizer } from "./word-piece.ts";

/** Turns text into the vocabulary ids of one PLM: a union by `family`, which RoBERTa's byte-level BPE may join. */
export type Tokenizer = WordPieceTokenizer;

/** Loads `tokenizer.json` of a Hugging Face model directory. Throws {@link TokenizerError}. */
export async function loadTokenizer(directory: string): Promise<Tokenizer> {
  const path = join(directory, "tokenizer.json");
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new TokenizerError(`${path} cannot be read as JSON.`, { cause });
  }
  return parseTokenizer(json);
}

/** Makes a tokenizer of a parsed `tokenizer.json`. Throws {@link TokenizerError} for an unknown kind. */
export function parseTokenizer(json: unknown): Tokenizer {
  return createWordPieceTokenizer(json);
}
