import type { Stretch } from "../../lines.ts";

/** The field for tags of a notation that has one otherwise than as front matter: `#+filetags:`, `\keywords{…}`. */
export interface OwnTagField {
  /** What stands in it, without blanks and marks around it; undefined where the document has no such field yet. */
  readonly value: Stretch | undefined;
  /** What stands between two tags, without blanks: `,`, `:`, `\sep`; empty for blanks alone. */
  readonly separator: string;
  /** All of a value: the marks around the tags that `value` leaves out. */
  readonly whole: (tags: string) => string;
  /** Where a field goes that is not there yet, and how it is written with a value; undefined where none can be added. */
  readonly added: { readonly at: number; readonly field: (value: string) => string } | undefined;
  /** A tag as the notation has it; undefined where it cannot hold it. */
  readonly written: (tag: string) => string | undefined;
  /** The tag that is so written; absent: it is the same. */
  readonly plain?: (written: string) => string;
}
