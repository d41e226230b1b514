import type { Fields } from "../../front-matter/fields.ts";
import type { OwnTagField } from "../../front-matter/tags/fields/own-tag-field.ts";
import type { Said } from "../../said/said.ts";
import type { Prose } from "../document.ts";
import type { TextTags } from "../text-tags.ts";

/** The prose of a text that is being read, and read again at each edit: in steps, as one thread serves all. */
export interface LiveProse {
  /** Reads on for some milliseconds; false once all is read. */
  advance(): boolean;
  /** How much of the text has been read, from 0 to 1. */
  readonly share: number;
  /** What stands about an offset, also ahead of what was read; undefined where nothing can be told yet. */
  around(offset: number): Prose | undefined;
  /** Whether a hashtag may stand at an offset; absent: none may. */
  takesHashtag?(at: number): boolean;
  /** All of it. Throws where something is left to read. */
  readonly prose: Prose;
}

/**
 * A kind of document. A new one is a file of this folder, a line in the table of `formats.ts`, and a test. Title,
 * date, tags, authors and language are read from its fields, by the names that front matter has for them.
 */
export interface Format {
  /** What people call it: 'LaTeX'. */
  readonly name: string;
  /** Endings of its files, in small letters and without the dot. */
  readonly endings: readonly string[];
  /** Ids that editors have for its language: its documents have hovers and readings. Empty where they have none. */
  readonly languageIds: readonly string[];
  /** Whether VS Code opens it as cells, each of which has hovers and readings as a document of its own. */
  readonly hasCells?: true;
  /** Whether folders are searched for its files where no patterns are given. */
  readonly isSearchedFor: boolean;
  /** Whether tags may be written into it: in front matter at its top, and as hashtags in its text. */
  readonly holdsTags: boolean;
  /** Whether hashtags in its text are tags all the same where it holds none. */
  readonly takesHashtags?: true;
  /** Tags in its text, where that does not stand in the source as it is; absent: it does. */
  readonly tagsInText?: (source: string, bodyStart: number) => TextTags;
  /** The field for tags that its notation has besides; undefined where a document has none and cannot get one. */
  readonly tagField?: (source: string) => OwnTagField | undefined;
  /** Where a writer puts tags into it by hand, as one sentence; for those without front matter. */
  readonly tagsByHand?: Said;
  /** Whether what stands at its top in the notation of front matter is none, as it is all of one notation. */
  readonly isAllOneNotation?: true;
  /** The writer's sentences and headings from `bodyStart` on, where front matter ends, with their places in `source`. */
  readonly read: (source: string, bodyStart: number, locale: string) => Prose;
  /**
   * The same, in steps, and from `former`, which this has given for the version before, only what differs; absent: it is
   * always read at one go.
   */
  readonly open?: (
    source: string,
    bodyStart: number,
    locale: string,
    former: LiveProse | undefined,
  ) => LiveProse;
  /** Fields that stand in it otherwise than as front matter, which counts before them; absent: none do. */
  readonly fields?: (source: string, bodyStart: number) => Fields;
  /** What is wrong with a text that is none of this format: 'is no notebook: …'; absent: every text is one. */
  readonly fault?: (body: string) => Said | undefined;
}
