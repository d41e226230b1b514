import type { Fields } from "../../front-matter/fields.ts";
import type { Prose } from "../document.ts";

/**
 * A kind of document. A new one is a file of this folder, a line in the table of `formats.ts`, and a test. Title,
 * date, tags, authors and language are read from its fields, by the names that front matter has for them.
 */
export interface Format {
  /** Endings of its files, in small letters and without the dot. */
  readonly endings: readonly string[];
  /** Whether tags may be written into it: in front matter at its top, and as hashtags in its text. */
  readonly holdsTags: boolean;
  /** The writer's sentences and headings from `bodyStart` on, where front matter ends, with their places in `source`. */
  readonly read: (source: string, bodyStart: number, locale: string) => Prose;
  /** Fields that stand in it otherwise than as front matter, which counts before them; absent: none do. */
  readonly fields?: (source: string, bodyStart: number) => Fields;
}
