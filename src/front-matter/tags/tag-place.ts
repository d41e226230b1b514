import type { Quote } from "./tag-fields.ts";

/** Where in a document a tag is being written. Offsets are UTF-16 code units; what is written replaces `start` to `end`. */
export type TagPlace = FrontMatterPlace | HashtagPlace;

export interface FrontMatterPlace {
  readonly kind: "frontMatter";
  readonly start: number;
  readonly end: number;
  /** What has been typed of the tag so far, without quotation marks. */
  readonly prefix: string;
  readonly format: "yaml" | "toml";
  /** The item of a list in brackets, of a list of dashes, of a text with commas, or a value that is not there yet. */
  readonly context: "flow" | "block" | "string" | "empty";
  /** Marks that the others of the list are written in; in a text, those around it. */
  readonly quote: Quote;
  /** A blank where the notation wants one before the tag. */
  readonly lead: "" | " ";
  /** The tags of the field besides this one, as they are written. */
  readonly present: readonly string[];
}

export interface HashtagPlace {
  readonly kind: "hashtag";
  /** From the hash on. */
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
}
