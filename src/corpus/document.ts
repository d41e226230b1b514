import type { Fields } from "../front-matter/fields.ts";
import type { TextTag } from "./text-tags.ts";

/** What a stretch of the source is. Parts may lie inside one another (a link inside prose). */
export type PartKind =
  | "prose"
  | "heading"
  | "frontMatter"
  | "code"
  | "quotation"
  | "table"
  | "link"
  | "image"
  | "html"
  | "shortcode"
  | "math";

/** A stretch `source.slice(start, end)`; offsets are UTF-16 code units of the decoded file. */
export interface Part {
  readonly kind: PartKind;
  readonly start: number;
  readonly end: number;
}

/** One sentence of the writer's own prose. */
export interface Sentence {
  /** Exactly `source.slice(start, end)`, markup included. */
  readonly text: string;
  /** The words as a reader sees them: no markup, no link targets, entities resolved, single spaces. */
  readonly plain: string;
  readonly start: number;
  readonly end: number;
  /** Number of the paragraph or list item, from 0; sentences of one paragraph share it. */
  readonly paragraph: number;
  /** ISO 639-1 where there is one, else 639-3: 'en', 'de'. Absent where nobody has told it. */
  readonly language?: string;
}

/** A heading; kept apart because it is no sentence. */
export interface Heading {
  readonly text: string;
  readonly plain: string;
  readonly start: number;
  readonly end: number;
  /** 1 to 6. */
  readonly level: number;
}

/** What a format reader finds in a source text: everything but front matter. */
export interface Prose {
  readonly sentences: readonly Sentence[];
  readonly headings: readonly Heading[];
  /** Sorted by start, then the longer first. */
  readonly parts: readonly Part[];
  /** Tags in what the writer says: never in headings, code, links and quotations. Absent: there are none. */
  readonly textTags?: readonly TextTag[];
}

/** One file of a writer. An absent field was not given in the file and could not be told. */
export interface Document extends Omit<Prose, "textTags"> {
  /** Absolute, with forward slashes. */
  readonly path: string;
  /** SHA-256 of the file's bytes, in hex. */
  readonly hash: string;
  readonly bytes: number;
  /** When the file was last changed on disk; only for telling changed files, never as the date of the text. */
  readonly modifiedMs: number;
  readonly title?: string;
  /** All that it names, as `joinAuthors` joins them. */
  readonly author?: string;
  /** When the text was written, in milliseconds since 1970; without a time zone it is read as UTC. */
  readonly dateMs?: number;
  /** ISO 639-1 where there is one, else 639-3: 'en', 'de'. */
  readonly language?: string;
  /** The writer's own spelling, in the writer's order; no two with the same key. */
  readonly tags: readonly string[];
  /** `tagKey` of each tag, in the same order. */
  readonly tagKeys: readonly string[];
  /** Hashtags in the text that are none of `tags`; whether they count as such is for all documents together to say. */
  readonly hashtags: readonly string[];
  /** Those of `tags` that may be several: `tags: one two three`, as Jekyll reads it. */
  readonly spacedTags: readonly string[];
  /** All fields of the front matter; empty where there is none. */
  readonly fields: Fields;
  /** Words of the sentences' plain text. */
  readonly words: number;
}
