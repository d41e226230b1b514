import { decodeTermedDocument } from "./encode-termed-document.ts";
import type { Runs } from "./similarity/row-spans.ts";
import { TermNumbers } from "./similarity/term-numbers.ts";
import type { NumberedTerms } from "./similarity/term-rows.ts";
import type { ShortVector } from "./similarity/vector-rows.ts";

/** Bytes of a name, written in hexadecimal digits. */
const nameBytes = 32;
const namedIntegers = nameBytes / Int32Array.BYTES_PER_ELEMENT;
const contentLength = 3;

/** What is remembered of several documents, put together so that it is taken over in a few runs. */
export interface DocumentPart {
  /** Of each document: of all that is remembered of it. */
  readonly names: readonly string[];
  /** As in `DocumentTerms`, one after the other. */
  readonly contents: Int32Array;
  /** The bits of all terms, each once; ids below are places among them. */
  readonly hashes: Int32Array;
  /** Words and pairs, of which the words stand first. */
  readonly terms: NumberedTerms;
  readonly titleTerms: NumberedTerms;
  readonly titlePhrases: Runs<Int32Array>;
  readonly textPhrases: Runs<Int32Array>;
  /** Vectors of passages, and of documents that have such. Lengths count vectors. */
  readonly passages: Runs<ShortVector>;
  readonly wholes: Runs<ShortVector>;
}

/** A document as `encodeTermedDocument` writes it. */
export interface EncodedDocument {
  /** SHA-256, in hexadecimal digits. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** In this order: those of 32 bits, then those of 16. */
const columnKinds = [
  Int32Array, // names
  Int32Array, // contents
  Int32Array, // hashes
  Int32Array, // lengths of terms
  Int32Array, // firsts of terms
  Int32Array, // lengths of title terms
  Int32Array, // lengths of phrases in titles
  Int32Array, // lengths of phrases in texts
  Int32Array, // vectors of passages
  Int32Array, // vectors of documents
  Int32Array, // ids of terms
  Float32Array, // weights of terms
  Int32Array, // ids of title terms
  Float32Array, // weights of title terms
  Int32Array, // phrases in titles
  Int32Array, // phrases in texts
  Int16Array, // passages
  Int16Array, // documents
] as const;

type Column = Int32Array | Float32Array | Int16Array;

/** The lengths of all columns, then the columns. Each document can be decoded. */
export function encodeDocumentPart(documents: readonly EncodedDocument[]): Uint8Array {
  const all = documents.map(({ name, content }) => ({ name, ...decodeTermedDocument(content)! }));
  const numbers = new TermNumbers();
  const hashes: number[] = [];
  const numbered = (own: Int32Array): Int32Array => {
    const ids = numbers.addAll(own);
    for (let at = 0; at < ids.length; at++) if (ids[at] === hashes.length) hashes.push(own[at]!);
    return ids;
  };
  const ids = all.map(({ terms }) => numbered(terms.wordsAndPairs.hashes));
  const titleIds = all.map(({ terms }) => numbered(terms.titleWords.hashes));
  const wholes = all.map(({ vectors, vector }) => (vectors.length > 0 && vector.length > 0 ? [vector] : []));
  const lengthsOf = (lists: readonly { readonly length: number }[]) =>
    Int32Array.from(lists, ({ length }) => length);
  const columns: readonly Column[] = [
    joined(
      Int32Array,
      all.map(({ name }) => new Int32Array(Uint8Array.from(Buffer.from(name, "hex")).buffer)),
    ),
    joined(
      Int32Array,
      all.map(({ terms }) => terms.content),
    ),
    Int32Array.from(hashes),
    lengthsOf(ids),
    lengthsOf(all.map(({ terms }) => terms.words.hashes)),
    lengthsOf(titleIds),
    lengthsOf(all.map(({ terms }) => terms.titlePhrases)),
    lengthsOf(all.map(({ terms }) => terms.textPhrases)),
    lengthsOf(all.map(({ vectors }) => vectors)),
    lengthsOf(wholes),
    joined(Int32Array, ids),
    joined(
      Float32Array,
      all.map(({ terms }) => terms.wordsAndPairs.weights),
    ),
    joined(Int32Array, titleIds),
    joined(
      Float32Array,
      all.map(({ terms }) => terms.titleWords.weights),
    ),
    joined(
      Int32Array,
      all.map(({ terms }) => terms.titlePhrases),
    ),
    joined(
      Int32Array,
      all.map(({ terms }) => terms.textPhrases),
    ),
    joined(
      Int16Array,
      all.flatMap(({ vectors }) => vectors),
    ),
    joined(Int16Array, wholes.flat()),
  ];
  const parts = [lengthsOf(columns), ...columns].map(({ buffer, byteOffset, byteLength }) => {
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
  // A buffer of its own, which can be given back.
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The inverse; undefined for bytes of another length. What it gives are views of the bytes. */
export function decodeDocumentPart(bytes: Uint8Array): DocumentPart | undefined {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const headBytes = columnKinds.length * Int32Array.BYTES_PER_ELEMENT;
  if (byteLength < headBytes) return undefined;
  const lengths = new Int32Array(buffer, byteOffset, columnKinds.length);
  const sizes = columnKinds.map((Kind, at) => lengths[at]! * Kind.BYTES_PER_ELEMENT);
  if (sizes.reduce((sum, size) => sum + size, headBytes) !== byteLength) return undefined;
  let start = byteOffset + headBytes;
  const take = (at: number): number => {
    start += sizes[at]!;
    return start - sizes[at]!;
  };
  const integers = (at: number) => new Int32Array(buffer, take(at), lengths[at]);
  const [names, contents, hashes] = [integers(0), integers(1), integers(2)];
  const [terms, firsts, titleTerms] = [integers(3), integers(4), integers(5)];
  const [titlePhrases, textPhrases] = [integers(6), integers(7)];
  const [passages, wholes] = [integers(8), integers(9)];
  const ids = integers(10);
  const weights = new Float32Array(buffer, take(11), lengths[11]);
  const titleIds = integers(12);
  const titleWeights = new Float32Array(buffer, take(13), lengths[13]);
  return {
    names: namesOf(names),
    contents,
    hashes,
    terms: { ids, weights, lengths: terms, firsts },
    titleTerms: { ids: titleIds, weights: titleWeights, lengths: titleTerms, firsts: titleTerms },
    titlePhrases: { values: integers(14), lengths: titlePhrases },
    textPhrases: { values: integers(15), lengths: textPhrases },
    passages: { values: new Int16Array(buffer, take(16), lengths[16]), lengths: passages },
    wholes: { values: new Int16Array(buffer, take(17), lengths[17]), lengths: wholes },
  };
}

/**
 * Gives the memory of a part back at once, which holds nothing afterwards: that of many makes the collector come by again
 * and again.
 */
export function releasePart({ hashes: { buffer } }: DocumentPart): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** What tells the content of one of the documents. */
export function contentAt({ contents }: DocumentPart, nth: number): Int32Array {
  return contents.subarray(nth * contentLength, (nth + 1) * contentLength);
}

function namesOf({ buffer, byteOffset, byteLength, length }: Int32Array): readonly string[] {
  const digits = Buffer.from(buffer, byteOffset, byteLength).toString("hex");
  const digitsOfOne = 2 * nameBytes;
  return Array.from({ length: length / namedIntegers }, (_, nth) =>
    digits.slice(nth * digitsOfOne, (nth + 1) * digitsOfOne),
  );
}

function joined<List extends Column>(Kind: new (length: number) => List, lists: readonly List[]): List {
  const all = new Kind(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
