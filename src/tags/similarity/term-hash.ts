/*
 * Words and pairs of words are known by 32 bits each. Of a million of them some hundred share their bits with another, which
 * moves no suggestion; and what is kept of a text needs no words and no numbers that others have to agree on.
 */

/** The bits of a word: FNV-1a over its code units, then mixed. */
export function termHash(word: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) bits = Math.imul(bits ^ word.charCodeAt(at), 0x01000193);
  return mixed(bits);
}

/** The bits of a pair of neighbouring words, given those of each; the order counts. */
export function pairTermHash(first: number, second: number): number {
  return mixed(Math.imul(first, 0x9e3779b1) ^ second);
}

/** Spreads bits (the finisher of MurmurHash3). */
export function mixed(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
