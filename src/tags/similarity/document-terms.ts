import { pairTermHash, termHash } from "./term-hash.ts";
import { plainWordPattern, writtenWordPattern } from "./word-patterns.ts";

/** Terms by their bits, each once, and `1 + ln(count)` for each. */
export interface TermCounts {
  readonly hashes: Int32Array;
  readonly weights: Float32Array;
}

/** What is remembered of the words of a document. */
export interface DocumentTerms {
  /** Of title and text: single words, and these followed by the pairs of neighbours. */
  readonly words: TermCounts;
  readonly wordsAndPairs: TermCounts;
  readonly titleWords: TermCounts;
  /** Plain words and pairs of them, as phrases are looked for, each once: in the title and in the text. */
  readonly titlePhrases: Int32Array;
  readonly textPhrases: Int32Array;
  /** Bits of title and text as a whole, capitals and spaces aside: those of a copy are the same. */
  readonly content: Int32Array;
}

/** Lower-cased words, each accented letter as one character. */
export function wordsOf(text: string): string[] {
  return text.normalize("NFC").toLowerCase().match(writtenWordPattern) ?? [];
}

/** Lower-cased words without the accents of Latin letters, which tags often lack: a text on `cinéma` names `cinema`. */
export function plainWords(text: string): string[] {
  return withoutAccents(text).toLowerCase().match(plainWordPattern) ?? [];
}

function withoutAccents(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text;
  return text
    .normalize("NFD")
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC");
}

/** Takes a document's words apart. */
export function documentTerms({
  title,
  text,
}: {
  readonly title: string;
  readonly text: string;
}): DocumentTerms {
  const { terms: wordsAndPairs, words } = countTerms(`${title}\n${text}`, "wordsAndPairs");
  return {
    words: firstTerms(wordsAndPairs, words),
    wordsAndPairs,
    titleWords: countTerms(title, "words").terms,
    titlePhrases: phrasesOf(title),
    textPhrases: phrasesOf(text),
    content: contentOf(`${title} ${text}`),
  };
}

/** What counts as a term: single words, or also pairs of neighbours, which follow them. */
export type TermKind = "words" | "wordsAndPairs";

interface CountedTerms {
  readonly terms: TermCounts;
  /** How many of the terms are single words: the first ones. */
  readonly words: number;
}

/** Counts the terms of a text. */
export function countTerms(text: string, kind: TermKind): CountedTerms {
  const words = Int32Array.from(wordsOf(text), termHash);
  const single = counted(words);
  if (kind === "words") return { terms: single, words: single.hashes.length };
  const pairs = counted(pairsOf(words));
  const terms = {
    hashes: joined(Int32Array, single.hashes, pairs.hashes),
    weights: joined(Float32Array, single.weights, pairs.weights),
  };
  return { terms, words: single.hashes.length };
}

/** A view of the first terms. */
export function firstTerms({ hashes, weights }: TermCounts, count: number): TermCounts {
  return { hashes: hashes.subarray(0, count), weights: weights.subarray(0, count) };
}

function pairsOf(words: Int32Array): Int32Array {
  const pairs = new Int32Array(Math.max(0, words.length - 1));
  for (let at = 0; at < pairs.length; at++) pairs[at] = pairTermHash(words[at]!, words[at + 1]!);
  return pairs;
}

function phrasesOf(text: string): Int32Array {
  const words = Int32Array.from(plainWords(text), termHash);
  return Int32Array.from(new Set([...words, ...pairsOf(words)]));
}

function counted(terms: Int32Array): TermCounts {
  const counts = new Map<number, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return {
    hashes: Int32Array.from(counts.keys()),
    weights: Float32Array.from(counts.values(), (count) => 1 + Math.log(count)),
  };
}

function joined<List extends Int32Array | Float32Array>(
  Kind: new (length: number) => List,
  first: List,
  second: List,
): List {
  const both = new Kind(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** The length, and two sums of all code units (FNV-1a with two factors). */
function contentOf(text: string): Int32Array {
  const plain = text.toLowerCase().replaceAll(/\s+/g, " ").trim();
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = 0; at < plain.length; at++) {
    low = Math.imul(low ^ plain.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ plain.charCodeAt(at), 0x85ebca6b);
  }
  return Int32Array.of(plain.length, low, high);
}
