import { tagKey } from "../text/tag-key.ts";
import { formsAbove, tagForm } from "./tag-form.ts";
import {
  type DocumentFacts,
  type KnownDocument,
  type TaggedDocument,
  type TermedDocument,
  termsOf,
} from "./tagged-document.ts";

/** What the memory keeps of a document. Tags are numbers: places in `TagMemory.tags`. */
export interface RememberedDocument {
  readonly id: string;
  readonly timeMs: number;
  /** Its own, and those above them in a hierarchy: `garden/roses` speaks for `garden` too. */
  readonly tags: readonly number[];
}

interface RememberedTag {
  /** In which all spellings are equal. */
  readonly form: string;
  /** The writer's most frequent spelling; the later one where two are equally frequent. */
  spelling: string;
  /** The key of that spelling. */
  key: string;
  readonly spellings: Map<string, number>;
  /** Places of the documents that have the tag or one below it, oldest first. */
  readonly uses: number[];
  /** Of these, documents that have the tag itself. */
  ownUses: number;
}

/**
 * The writer's documents with their tags, in the order they were learned (oldest first). Spellings that
 * differ in hyphens, spaces or the plural are one tag, and share what speaks for it.
 */
export class TagMemory {
  readonly #documents: (RememberedDocument & { readonly tags: number[] })[] = [];
  readonly #placesOfIds = new PlacesByName();
  readonly #placesOfContents = new PlacesByName();
  readonly #tags: RememberedTag[] = [];
  readonly #tagNumbers = new Map<string, number>();
  /** Of all spellings that were used. */
  readonly #forms = new Map<string, string>();
  /** Those above the forms of all tags. */
  readonly #above = new Set<string>();
  /** By tag: the tags above it, as long as no tag comes that lies above another. */
  #tagsAboveTags: (readonly number[])[] = [];

  get size(): number {
    return this.#documents.length;
  }

  get tagCount(): number {
    return this.#tags.length;
  }

  documentAt(place: number): RememberedDocument {
    return this.#documents[place]!;
  }

  /** The key of the writer's preferred spelling. */
  keyOf(tag: number): string {
    return this.#tags[tag]!.key;
  }

  /** Of any spelling; undefined for a tag that was never used. */
  numberOf(key: string): number | undefined {
    return this.#tagNumbers.get(tagForm(key));
  }

  /** The writer's most frequent spelling; the later one where two are equally frequent. */
  spellingOf(tag: number): string {
    return this.#tags[tag]!.spelling;
  }

  /** Places of the documents that have the tag or one below it, oldest first. */
  usesOf(tag: number): readonly number[] {
    return this.#tags[tag]!.uses;
  }

  /** How much of its use is its own, 0 … 1; less than 1 only for a tag with others below it. */
  ownShareOf(tag: number): number {
    const { ownUses, uses } = this.#tags[tag]!;
    return ownUses / uses.length;
  }

  /** Places of documents with the same id or, capitals and spaces aside, the same title and text. */
  copiesOf(
    document: Pick<TaggedDocument, "id" | "title" | "text"> | Pick<TermedDocument, "id" | "terms">,
  ): Set<number> {
    return new Set([...this.#placesOfIds.of(document.id), ...this.#placesOfContents.of(contentOf(document))]);
  }

  add(document: KnownDocument): void {
    this.admit(document, contentOf(document));
  }

  /** As `add`. @param content as `termsOf` has it, as one text */
  admit(document: DocumentFacts, content: string): void {
    const place = this.size;
    // A few: lists are looked through faster than sets are made.
    const tags: number[] = [];
    for (const given of document.tags) {
      const spelling = given.trim();
      if (spelling === "") continue;
      const tag = this.#numberOfUse(spelling);
      if (!tags.includes(tag)) tags.push(tag);
    }
    for (const tag of tags) this.#tags[tag]!.ownUses += 1;
    for (let own = tags.length, at = 0; at < own; at++) {
      for (const above of this.#tagsAbove(tags[at]!)) if (!tags.includes(above)) tags.push(above);
    }
    for (const tag of tags) this.#tags[tag]!.uses.push(place);
    this.#documents.push({ id: document.id, timeMs: document.timeMs, tags });
    this.#placesOfIds.add(document.id, place);
    this.#placesOfContents.add(content, place);
  }

  /** Counts a spelling, and gives the number of its tag. */
  #numberOfUse(spelling: string): number {
    const form = this.#forms.get(spelling) ?? tagForm(spelling);
    this.#forms.set(spelling, form);
    const number = this.#tagNumbers.get(form) ?? this.#addTag(form);
    const tag = this.#tags[number]!;
    const count = (tag.spellings.get(spelling) ?? 0) + 1;
    tag.spellings.set(spelling, count);
    if (spelling !== tag.spelling && count >= (tag.spellings.get(tag.spelling) ?? 0)) {
      tag.spelling = spelling;
      tag.key = tagKey(spelling);
    }
    return number;
  }

  #addTag(form: string): number {
    const number = this.#tags.length;
    const uses: number[] = [];
    this.#tagNumbers.set(form, number);
    this.#tags.push({ form, spelling: "", key: "", spellings: new Map(), uses, ownUses: 0 });
    for (const above of formsAbove(form)) this.#above.add(above);
    if (!this.#above.has(form)) return number;
    this.#tagsAboveTags = [];
    // A tag that is used after some that lie below it.
    this.#documents.forEach(({ tags }, place) => {
      if (!tags.some((tag) => this.#tags[tag]!.form.startsWith(`${form}/`))) return;
      tags.push(number);
      uses.push(place);
    });
    return number;
  }

  /** The tags above one, as far as the writer uses them. */
  #tagsAbove(tag: number): readonly number[] {
    this.#tagsAboveTags[tag] ??= formsAbove(this.#tags[tag]!.form).flatMap(
      (form) => this.#tagNumbers.get(form) ?? [],
    );
    return this.#tagsAboveTags[tag];
  }
}

/** Places of documents by a name of which nearly each is that of one document: a list for each takes long to make. */
class PlacesByName {
  readonly #first = new Map<string, number>();
  readonly #others = new Map<string, number[]>();

  add(name: string, place: number): void {
    if (!this.#first.has(name)) {
      this.#first.set(name, place);
      return;
    }
    const others = this.#others.get(name) ?? [];
    this.#others.set(name, others);
    others.push(place);
  }

  of(name: string): readonly number[] {
    const first = this.#first.get(name);
    return first === undefined ? [] : [first, ...(this.#others.get(name) ?? [])];
  }
}

/** A short fingerprint, not the text itself. */
function contentOf(document: Parameters<typeof termsOf>[0]): string {
  return contentName(termsOf(document).content);
}

/** What tells the content of a document from that of others, as one text. */
export const contentName = (content: Int32Array): string => content.join(":");
