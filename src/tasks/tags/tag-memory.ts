import { type TaggedDocument, tagKey } from "../../evaluation/tagged-document.ts";

/** What the memory keeps of a document. Tags are numbers: places in `TagMemory.tags`. */
export interface RememberedDocument {
  readonly id: string;
  readonly timeMs: number;
  readonly tags: readonly number[];
}

interface RememberedTag {
  readonly key: string;
  /** Places of the documents that have the tag, oldest first. */
  readonly uses: number[];
  readonly spellings: Map<string, number>;
}

/** The writer's documents with their tags, in the order they were learned (oldest first). */
export class TagMemory {
  readonly #documents: RememberedDocument[] = [];
  readonly #contents: string[] = [];
  readonly #tags: RememberedTag[] = [];
  readonly #tagNumbers = new Map<string, number>();

  get size(): number {
    return this.#documents.length;
  }

  get tagCount(): number {
    return this.#tags.length;
  }

  documentAt(place: number): RememberedDocument {
    return this.#documents[place]!;
  }

  keyOf(tag: number): string {
    return this.#tags[tag]!.key;
  }

  /** Undefined for a tag that was never used. */
  numberOf(key: string): number | undefined {
    return this.#tagNumbers.get(key);
  }

  /** The writer's most frequent spelling; the later one where two are equally frequent. */
  spellingOf(tag: number): string {
    let best = "";
    let most = 0;
    for (const [spelling, count] of this.#tags[tag]!.spellings) {
      if (count >= most) [best, most] = [spelling, count];
    }
    return best;
  }

  usesOf(tag: number): readonly number[] {
    return this.#tags[tag]!.uses;
  }

  /** Places of documents with the same id or, capitals and spaces aside, the same title and text. */
  copiesOf(document: Pick<TaggedDocument, "id" | "title" | "text">): Set<number> {
    const content = contentOf(document);
    const copies = new Set<number>();
    for (let place = 0; place < this.size; place++) {
      if (this.#documents[place]!.id === document.id || this.#contents[place] === content) copies.add(place);
    }
    return copies;
  }

  add(document: TaggedDocument): void {
    const place = this.size;
    const tags = new Set<number>();
    for (const spelling of document.tags) {
      const key = tagKey(spelling);
      if (key === "") continue;
      const number = this.#number(key);
      const tag = this.#tags[number]!;
      tag.spellings.set(spelling.trim(), (tag.spellings.get(spelling.trim()) ?? 0) + 1);
      if (!tags.has(number)) tag.uses.push(place);
      tags.add(number);
    }
    this.#documents.push({ id: document.id, timeMs: document.timeMs, tags: [...tags] });
    this.#contents.push(contentOf(document));
  }

  #number(key: string): number {
    let number = this.#tagNumbers.get(key);
    if (number === undefined) {
      number = this.#tags.length;
      this.#tagNumbers.set(key, number);
      this.#tags.push({ key, uses: [], spellings: new Map() });
    }
    return number;
  }
}

/** A short fingerprint (FNV-1a over code units, with the length), not the text itself. */
function contentOf({ title, text }: Pick<TaggedDocument, "title" | "text">): string {
  const plain = `${title} ${text}`.toLowerCase().replaceAll(/\s+/g, " ").trim();
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = 0; at < plain.length; at++) {
    low = Math.imul(low ^ plain.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ plain.charCodeAt(at), 0x85ebca6b);
  }
  return `${plain.length}:${low >>> 0}:${high >>> 0}`;
}
