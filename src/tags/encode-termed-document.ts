import { type DocumentTerms, firstTerms, type TermCounts } from "./similarity/document-terms.ts";
import { passagesPerDocument } from "./similarity/similarity-space.ts";
import { shortVector } from "./similarity/vector-rows.ts";
import { type TaggedDocument, type TermedDocument, termsOf } from "./tagged-document.ts";

const lengthsCount = 8;
const contentLength = 3;
const wordBytes = 4;
const shortBytes = 2;

/** What is not said elsewhere of a document that was taken apart. */
export type DocumentContent = Pick<TermedDocument, "terms" | "vectors" | "vector">;

/**
 * What is remembered of a document as bytes: eight lengths (numbers in a passage's vector and in the document's, vectors,
 * words, words and pairs, words of the title, phrases of title and text), then all of them in 32 bits each, and the vectors
 * in 16.
 */
export function encodeTermedDocument(document: TaggedDocument): Uint8Array {
  const { words, wordsAndPairs, titleWords, titlePhrases, textPhrases, content } = termsOf(document);
  const vectors = document.vectors.slice(0, passagesPerDocument);
  const lengths = Int32Array.of(
    vectors[0]?.length ?? 0,
    document.vector.length,
    vectors.length,
    words.hashes.length,
    wordsAndPairs.hashes.length,
    titleWords.hashes.length,
    titlePhrases.length,
    textPhrases.length,
  );
  const parts = [
    lengths,
    content,
    wordsAndPairs.hashes,
    wordsAndPairs.weights,
    titleWords.hashes,
    titleWords.weights,
    titlePhrases,
    textPhrases,
    shortVector(document.vector),
    ...vectors.map(shortVector),
  ];
  return Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}

/** The inverse; undefined for bytes of another length. What it gives are views of the bytes. */
export function decodeTermedDocument(bytes: Uint8Array): DocumentContent | undefined {
  const { buffer, byteOffset, length } = bytes.byteOffset % wordBytes === 0 ? bytes : Uint8Array.from(bytes);
  if (length < lengthsCount * wordBytes) return undefined;
  const lengths = new Int32Array(buffer, byteOffset, lengthsCount);
  const [passage, whole, vectors, words, pairs, titleWords, titlePhrases, textPhrases] =
    lengths as unknown as Eight;
  const integers = contentLength + 2 * pairs + 2 * titleWords + titlePhrases + textPhrases;
  const shorts = whole + passage * vectors;
  if (length !== (lengthsCount + integers) * wordBytes + shortBytes * shorts) return undefined;
  let at = byteOffset + lengthsCount * wordBytes;
  const take = <List>(
    Kind: new (from: ArrayBufferLike, start: number, count: number) => List,
    count: number,
    size = wordBytes,
  ) => {
    at += count * size;
    return new Kind(buffer, at - count * size, count);
  };
  const counts = (count: number): TermCounts => {
    return { hashes: take(Int32Array, count), weights: take(Float32Array, count) };
  };
  const content = take(Int32Array, contentLength);
  const wordsAndPairs = counts(pairs);
  const terms: DocumentTerms = {
    content,
    wordsAndPairs,
    words: firstTerms(wordsAndPairs, words),
    titleWords: counts(titleWords),
    titlePhrases: take(Int32Array, titlePhrases),
    textPhrases: take(Int32Array, textPhrases),
  };
  const vector = take(Int16Array, whole, shortBytes);
  return {
    terms,
    vector,
    vectors: Array.from({ length: vectors }, () => take(Int16Array, passage, shortBytes)),
  };
}

type Eight = readonly [number, number, number, number, number, number, number, number];
