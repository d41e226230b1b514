import { characterOfByte } from "./byte-level.ts";
import type { Tokenizer } from "./tokenizer.ts";

const known = new WeakMap<Tokenizer, ReadonlyMap<number, string>>();

/** Tokens that are words by themselves, letters alone, by id: what a hidden word may be guessed to be. */
export function wholeWords(tokenizer: Tokenizer): ReadonlyMap<number, string> {
  const words = known.get(tokenizer) ?? findWholeWords(tokenizer);
  known.set(tokenizer, words);
  return words;
}

function findWholeWords(tokenizer: Tokenizer): ReadonlyMap<number, string> {
  const words = new Map<number, string>();
  const { first, end } = tokenizer.ordinaryIds;
  for (let id = first; id < end; id++) {
    const token = tokenizer.tokenOf(id);
    const word = token === undefined ? undefined : startedWord(tokenizer.family, token);
    if (word !== undefined && /^\p{L}+$/u.test(word)) words.set(id, word);
  }
  return words;
}

/** What a token is where it begins a word; undefined where it goes on with one. */
function startedWord(family: Tokenizer["family"], token: string): string | undefined {
  switch (family) {
    // A continued piece is written with signs in front, which are no letters.
    case "wordPiece":
      return token;
    case "byteLevel":
      return token.startsWith(spaceBefore) ? decodeBytes(token.slice(1)) : undefined;
    default:
      return family satisfies never;
  }
}

const spaceBefore = characterOfByte[0x20]!;
const byteOf: ReadonlyMap<string, number> = new Map(
  characterOfByte.map((character, byte) => [character, byte]),
);
const decoder = new TextDecoder();

const decodeBytes = (written: string): string =>
  decoder.decode(Uint8Array.from(written, (character) => byteOf.get(character) ?? 0));
