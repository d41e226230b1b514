import type { NearDuplicates } from "../../src/lab/measures/near-duplicates.ts";
import { noWord, type Passage, packPassages } from "../../src/learning/passages.ts";
import type { Random } from "../../src/numbers/random.ts";
import type { Tokenizer } from "../../src/plm/tokens/tokenizer.ts";
import type { SourceDocument, TextKind } from "./sources.ts";

export const maximumTokens = 128;
const heldOutShare = 0.02;
const fewestHeldOutPassages = 100;
const mostHeldOutPassages = 400;
/** A passage of 128 tokens of these sources holds about this many characters. */
const charactersPerPassage = 540;
/** A writer who is kept out needs enough text to learn from and to test on. */
const fewestNewWriterCharacters = 100_000;

/** How many writers of each kind are kept out of all training. */
const newWriterCounts: Partial<Record<TextKind, number>> = { books: 12, speeches: 3 };

/** Documents of one kind, dealt out. */
export interface DealtDocuments {
  readonly train: readonly SourceDocument[];
  readonly heldOut: readonly SourceDocument[];
  /** All documents of the writers who are kept out. */
  readonly newWriters: readonly SourceDocument[];
}

/** Deals documents out by seed: first whole writers, then the held-out share of the rest by document. */
export function dealDocuments(
  kind: TextKind,
  documents: readonly SourceDocument[],
  random: Random,
): DealtDocuments {
  const keptOut = chooseNewWriters(documents, newWriterCounts[kind] ?? 0, random.fork(`new writers/${kind}`));
  const isNew = ({ writer }: SourceDocument): boolean => writer !== undefined && keptOut.has(writer);
  const rest = documents.filter((document) => !isNew(document));
  const heldOut = chooseHeldOut(rest, random.fork(`held out/${kind}`));
  return {
    train: rest.filter((document) => !heldOut.has(document)),
    heldOut: [...heldOut],
    newWriters: documents.filter(isNew),
  };
}

/** The documents without the paragraphs that nearly repeat a text to be measured on, and how many those were. */
export function removeDuplicates(
  documents: readonly SourceDocument[],
  measured: NearDuplicates,
): { readonly documents: SourceDocument[]; readonly removedParagraphs: number } {
  let removedParagraphs = 0;
  const kept = documents.map((document) => {
    const paragraphs = document.paragraphs.filter((paragraph) => !measured.has(paragraph));
    removedParagraphs += document.paragraphs.length - paragraphs.length;
    return { ...document, paragraphs };
  });
  return { documents: kept, removedParagraphs };
}

/** Passages of at most {@link maximumTokens}, each within one document. */
export function tokeniseDocuments(documents: readonly SourceDocument[], tokenizer: Tokenizer): Passage[] {
  const { cls: clsId, sep: sepId } = tokenizer.specialIds;
  return documents.flatMap(({ name, writer, paragraphs }) => {
    const sentences = paragraphs.flatMap(splitSentences).map((sentence) => tokenizer.encodeWords(sentence));
    const origin = { document: name, ...(writer === undefined ? {} : { writer }) };
    return packPassages(sentences, { clsId, sepId, maximumTokens, ...origin });
  });
}

/** One text as one passage, whatever its length. */
export function tokeniseText(text: string, tokenizer: Tokenizer): Passage {
  const { ids, words } = tokenizer.encodeWords(text);
  const { cls, sep } = tokenizer.specialIds;
  return { ids: Uint16Array.of(cls, ...ids, sep), words: Uint16Array.of(noWord, ...words, noWord) };
}

/** At most {@link mostHeldOutPassages}, in the order in which they were dealt. */
export function capHeldOut(passages: readonly Passage[]): Passage[] {
  return passages.slice(0, mostHeldOutPassages);
}

/** Passages by their writer, writers in order of appearance; those without a writer are left out. */
export function groupByWriter(passages: readonly Passage[]): Record<string, Passage[]> {
  const groups: Record<string, Passage[]> = {};
  for (const passage of passages) {
    if (passage.writer !== undefined) {
      groups[passage.writer] ??= [];
      groups[passage.writer]?.push(passage);
    }
  }
  return groups;
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

function splitSentences(paragraph: string): string[] {
  return Array.from(segmenter.segment(paragraph), ({ segment }) => segment);
}

function chooseNewWriters(documents: readonly SourceDocument[], count: number, random: Random): Set<string> {
  const characters = new Map<string, number>();
  for (const document of documents) {
    if (document.writer !== undefined) {
      characters.set(document.writer, (characters.get(document.writer) ?? 0) + lengthOf(document));
    }
  }
  const eligible = [...characters]
    .filter(([, length]) => length >= fewestNewWriterCharacters)
    .map(([name]) => name);
  return new Set(random.shuffle(eligible.sort()).slice(0, count));
}

function chooseHeldOut(documents: readonly SourceDocument[], random: Random): Set<SourceDocument> {
  const passages = documents.reduce((sum, document) => sum + lengthOf(document), 0) / charactersPerPassage;
  const wanted = Math.min(mostHeldOutPassages, Math.max(fewestHeldOutPassages, heldOutShare * passages));
  const chosen = new Set<SourceDocument>();
  let characters = 0;
  for (const document of random.shuffle([...documents])) {
    if (characters >= wanted * charactersPerPassage) {
      break;
    }
    chosen.add(document);
    characters += lengthOf(document);
  }
  return chosen;
}

function lengthOf(document: SourceDocument): number {
  return document.paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
}
