import { tagKey } from "../../text/tag-key.ts";
import { Table } from "../database/database.ts";
import { Documents } from "./documents.ts";

/** A tag of the writer, with all spellings of it brought together. */
export interface VocabularyEntry {
  /** The spelling that the writer uses most; among equals the one used last. */
  readonly tag: string;
  /** The form by which spellings are compared. */
  readonly folded: string;
  /** Number of documents that have the tag. */
  readonly documents: number;
  /** Date of the oldest and newest of them; `undefined` where none has a date. */
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

/** Uses of one spelling, in the order in which they come. */
interface Spelling {
  readonly folded: string;
  readonly tag: string;
  count: number;
  lastPlace: number;
}

/** Uses of one tag, however it is spelled. */
interface Counted {
  readonly spellings: Set<Spelling>;
  documents: number;
  lastDocument: number;
  firstMs: number | undefined;
  lastMs: number | undefined;
}

/**
 * The writer's tags with counts. They are derived from the documents at each call, not stored: one truth cannot
 * fall out of step, and counting a few thousand rows takes milliseconds.
 */
export class Vocabulary extends Table {
  /** All tags of a writer, most used first, ties by folded name. */
  list(writerId: number): readonly VocabularyEntry[] {
    const spellings = new Map<string, Spelling>();
    const tags = new Map<string, Counted>();
    let place = 0;
    for (const { id, dateMs, tags: own } of new Documents(this.database).listTags(writerId)) {
      for (const tag of own) {
        count({ documentId: id, tag, dateMs }, place, spellings, tags);
        place += 1;
      }
    }
    return Array.from(tags, ([folded, counted]) => entryOf(folded, counted)).sort(
      (a, b) => b.documents - a.documents || (a.folded < b.folded ? -1 : 1),
    );
  }
}

interface Use {
  readonly documentId: number;
  readonly tag: string;
  readonly dateMs: number | undefined;
}

function count(
  { documentId, tag, dateMs }: Use,
  place: number,
  spellings: Map<string, Spelling>,
  tags: Map<string, Counted>,
): void {
  const spelling = spellings.get(tag) ?? { folded: tagKey(tag), tag: tag.trim(), count: 0, lastPlace: 0 };
  spellings.set(tag, spelling);
  spelling.count += 1;
  spelling.lastPlace = place;
  const { folded } = spelling;
  const counted = tags.get(folded) ?? newlyCounted();
  tags.set(folded, counted);
  counted.spellings.add(spelling);
  // The uses in one document follow one another.
  if (counted.lastDocument !== documentId) counted.documents += 1;
  counted.lastDocument = documentId;
  counted.firstMs ??= dateMs;
  counted.lastMs = dateMs ?? counted.lastMs;
}

const noDocument = -1;

function newlyCounted(): Counted {
  return {
    spellings: new Set(),
    documents: 0,
    lastDocument: noDocument,
    firstMs: undefined,
    lastMs: undefined,
  };
}

function entryOf(folded: string, { spellings, documents, firstMs, lastMs }: Counted): VocabularyEntry {
  const [best] = together([...spellings]).sort((a, b) => b.count - a.count || b.lastPlace - a.lastPlace);
  return { tag: best!.tag, folded, documents, firstMs, lastMs };
}

/** Those that differ in blanks around them alone are one spelling. */
function together(spellings: readonly Spelling[]): Spelling[] {
  const trimmed = Map.groupBy(spellings, ({ tag }) => tag);
  return Array.from(trimmed.values(), (same) => ({
    ...same[0]!,
    count: same.reduce((sum, { count: own }) => sum + own, 0),
    lastPlace: Math.max(...same.map(({ lastPlace }) => lastPlace)),
  }));
}
