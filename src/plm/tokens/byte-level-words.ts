import type { SourceSpan } from "./encoded-text.ts";

/** A word as byte-level BPE sees it, and where it stands in the source, in UTF-16 code units. */
export interface ByteLevelWord extends SourceSpan {
  /** The word with the space before it, each byte of its UTF-8 written as one printable character. */
  readonly written: string;
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
 * does; a word of that space alone counts to the next one.
 */
export function splitByteLevel(text: string, hasSpaceBefore: boolean): readonly ByteLevelWord[] {
  const isAdded = hasSpaceBefore && text !== "" && !text.startsWith(" ");
  const shift = isAdded ? 1 : 0;
  const words: ByteLevelWord[] = [];
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
