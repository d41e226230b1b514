import { createHash } from "node:crypto";
import { type Fields, type FieldValue, textField } from "../front-matter/fields.ts";
import { type FrontMatter, readFrontMatter } from "../front-matter/front-matter.ts";
import { isJekyllPost, withJekyllTags } from "../front-matter/tags/fields/jekyll-tags.ts";
import { hasHashtags, spacedTagsIn, tagsIn } from "../front-matter/tags/tags.ts";
import { said, saidCount } from "../said/said.ts";
import { tagKey } from "../text/tag-key.ts";
import { authorsOf, joinAuthors } from "./authors.ts";
import { dateInPath, parseDate } from "./dates.ts";
import type { Document, Part, Prose } from "./document.ts";
import {
  BinaryFileError,
  BrokenDocumentError,
  CorpusError,
  type CorpusWarning,
  DocumentParseError,
  NoProseError,
  UnreadKindError,
} from "./errors.ts";
import { type Decoded, decodeText } from "./files/decode.ts";
import type { Format } from "./formats/format.ts";
import { formatOf, readEndings, unreadEnding } from "./formats/formats.ts";
import { declaredLanguage, type LanguageTeller } from "./language-teller.ts";
import { tagsOfText, withoutRepeats } from "./text-tags.ts";

const DATE_FIELDS: readonly string[] = [
  ...["date", "published", "publishdate", "pubdate", "published_at", "created", "datetime", "posted"],
  ...["created time"],
  ...[
    "date created",
    "date_created",
    "date-created",
    "datecreated",
    "created_at",
    "creation_date",
    "creation date",
  ],
];
/** Fields whose value may be the minute in which a note was made: of a Zettelkasten, and of Denote. */
const STAMP_FIELDS: readonly string[] = ["id", "uid", "zettel", "identifier"];
const STAMP = /^\d{8}T?\d{4}(?:\d{2})?$/;
/** What a template leaves for whoever fills it in. */
const PLACEHOLDER = /\{\{|\{%|<%|\$\{/;
const TITLE_FIELDS: readonly string[] = ["title", "headline"];
const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;

/** A file with its bytes, before anything is known about it. */
export interface RawDocument {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly modifiedMs: number;
}

export interface ParseOptions {
  /** Language of the sentence rules; 'en' where absent. */
  readonly locale?: string;
  /** Tells the languages of the sentences; absent: only what the document says of itself is known. */
  readonly languages?: LanguageTeller;
}

export type ParsedDocument =
  | { readonly kind: "document"; readonly document: Document; readonly warnings: readonly CorpusWarning[] }
  | { readonly kind: "failure"; readonly failure: CorpusError };

/** A document's source taken apart, for an editor that has the text at hand already. */
export interface ParsedSource extends Prose {
  /** All that it says of itself; empty where it says nothing. */
  readonly fields: Fields;
  readonly frontMatter?: FrontMatter;
}

/** Reads one file. Never throws: what cannot be read is a failure with advice. */
export function parseDocument(raw: RawDocument, options: ParseOptions = {}): ParsedDocument {
  const ending = unreadEnding(raw.path);
  if (ending !== undefined)
    return { kind: "failure", failure: new UnreadKindError(raw.path, ending, readEndings) };
  const decoded = decodeText(raw.bytes);
  if (decoded.kind === "binary") return { kind: "failure", failure: new BinaryFileError(raw.path) };
  try {
    const parsed = parseSource(decoded.source, raw.path, options.locale);
    if (parsed.sentences.length === 0) return { kind: "failure", failure: new NoProseError(raw.path) };
    const document = describe(raw, decoded.source, parsed, options.languages);
    const warnings = warningsOf(raw.path, parsed, document, decoded);
    return { kind: "document", document, warnings };
  } catch (cause) {
    const failure = cause instanceof CorpusError ? cause : new DocumentParseError(raw.path, cause);
    return { kind: "failure", failure };
  }
}

/** Takes a decoded text apart by its format, which its path names. */
export function parseSource(
  source: string,
  path: string,
  locale = "en",
  format: Format = formatOf(path),
): ParsedSource {
  const { frontMatter, fields } = headOf(source, path, format);
  const bodyStart = frontMatter?.end ?? 0;
  const fault = format.fault?.(source.slice(bodyStart));
  if (fault !== undefined) throw new BrokenDocumentError(path, fault);
  const prose = format.read(source, bodyStart, locale);
  if (frontMatter === undefined) return { ...prose, fields };
  const part: Part = { kind: "frontMatter", start: frontMatter.start, end: frontMatter.end };
  return { ...prose, parts: [part, ...prose.parts], fields, frontMatter };
}

/** What a decoded text says of itself, without its sentences being read. */
export function headOf(
  source: string,
  path: string,
  format: Format = formatOf(path),
): Pick<ParsedSource, "fields" | "frontMatter"> {
  const frontMatter = format.isAllOneNotation ? undefined : readFrontMatter(source);
  const own = format.fields?.(source, frontMatter?.end ?? 0) ?? [];
  const fields: Fields = new Map([...own, ...(frontMatter?.fields ?? [])]);
  return { fields, ...(frontMatter === undefined ? {} : { frontMatter }) };
}

/** Words of a reading text, as people count them: `don't` and `3.14` are one each. */
export function countWords(plain: string): number {
  return plain.match(WORD)?.length ?? 0;
}

function describe(
  raw: RawDocument,
  source: string,
  parsed: ParsedSource,
  languages: LanguageTeller | undefined,
): Document {
  const { fields, headings, parts } = parsed;
  const { language, sentences } = withLanguages(parsed, languages);
  const plain = sentences.map((sentence) => sentence.plain);
  const title = titleOf(parsed);
  const author = joinAuthors(authorsOf(fields));
  const dateMs = dateOf(parsed, raw.path);
  return {
    path: raw.path,
    hash: createHash("sha256").update(raw.bytes).digest("hex"),
    bytes: raw.bytes.length,
    modifiedMs: raw.modifiedMs,
    ...(title === undefined ? {} : { title }),
    ...(author === undefined ? {} : { author }),
    ...(dateMs === undefined ? {} : { dateMs }),
    ...(language === undefined ? {} : { language }),
    ...tagsOf(source, raw.path, parsed),
    fields,
    words: plain.reduce((sum, text) => sum + countWords(text), 0),
    sentences,
    headings,
    parts,
  };
}

/** A source with the languages of its sentences. */
export function withLanguages(
  { fields, sentences }: ParsedSource,
  languages: LanguageTeller | undefined,
): Pick<Document, "language" | "sentences"> {
  const told = languages?.tell(
    fields,
    sentences.map(({ plain }) => plain),
  );
  const language = told?.document ?? declaredLanguage(fields);
  return {
    ...(language === undefined ? {} : { language }),
    sentences: told
      ? sentences.map((sentence, at) => ({ ...sentence, language: told.sentences[at]! }))
      : sentences,
  };
}

function tagsOf(
  source: string,
  path: string,
  { fields: written, frontMatter, textTags }: ParsedSource,
): Pick<Document, "tags" | "tagKeys" | "hashtags" | "spacedTags"> {
  const format = formatOf(path);
  const fields = isJekyllPost(path) ? withJekyllTags(written) : written;
  const inText = hasHashtags(format)
    ? (format.tagsInText?.(source, frontMatter?.end ?? 0) ?? tagsOfText(textTags))
    : tagsOfText();
  const tags = withoutRepeats([...tagsIn(fields), ...inText.properties]);
  const tagKeys = tags.map(tagKey);
  const hashtags = inText.hashtags.filter((tag) => !tagKeys.includes(tagKey(tag)));
  return { tags, tagKeys, hashtags, spacedTags: spacedTagsIn(fields) };
}

/** What its fields say, else the first heading of level 1. */
export function titleOf({ fields, headings }: ParsedSource): string | undefined {
  return textField(fields, TITLE_FIELDS) ?? headings.find(({ level }) => level === 1)?.plain;
}

/** When the text was written, as fields or path say; in milliseconds since 1970. */
export function dateOf({ fields }: ParsedSource, path: string): number | undefined {
  const written = DATE_FIELDS.map((name) => textField(fields, [name]) ?? linkedText(fields.get(name)));
  const stamps = STAMP_FIELDS.map((name) => textField(fields, [name])).filter((id) => STAMP.test(id ?? ""));
  const given = [...written, ...stamps].map((text) => (text === undefined ? undefined : parseDate(text)));
  return given.find((date) => date !== undefined) ?? dateInPath(path);
}

/** `date: [[2024-05-31]]` without quotation marks is a list in a list to YAML, and a link to whoever wrote it. */
function linkedText(value: FieldValue | undefined): string | undefined {
  const [outer] = Array.isArray(value) && value.length === 1 ? value : [];
  const [inner] = Array.isArray(outer) && outer.length === 1 ? outer : [];
  return typeof inner === "string" ? inner : undefined;
}

function warningsOf(
  path: string,
  { fields, frontMatter }: ParsedSource,
  document: Document,
  { guessed, strays }: Pick<Decoded, "guessed" | "strays">,
): readonly CorpusWarning[] {
  const warnings: CorpusWarning[] = [];
  const fault = frontMatter?.fault;
  if (fault !== undefined) {
    warnings.push({
      kind: "brokenFrontMatter",
      path,
      line: fault.line,
      message: said("The front matter ({0}) is broken", frontMatter?.format.toUpperCase() ?? ""),
      quoted: fault.message,
      advice: said(
        "Correct this line; until then the fields are read one by one, and the text is read in full.",
      ),
    });
  }
  if (guessed !== undefined) {
    warnings.push({
      kind: "guessedEncoding",
      path,
      message: said("The file is not UTF-8; it was read as {0}", guessed),
      advice: said("Save the file as UTF-8 if letters look wrong."),
    });
  }
  if (strays !== undefined) {
    warnings.push({
      kind: "strayBytes",
      path,
      message: saidCount(
        strays,
        "The file is UTF-8 but for {0} sign, read as \uFFFD",
        "The file is UTF-8 but for {0} signs, read as \uFFFD",
      ),
      advice: said("Look for \uFFFD in your editor, and write there what was meant."),
    });
  }
  const written = textField(fields, DATE_FIELDS);
  if (written !== undefined && document.dateMs === undefined && !PLACEHOLDER.test(written)) {
    warnings.push({
      kind: "unreadableDate",
      path,
      message: said("The date could not be read"),
      quoted: `'${written}'`,
      advice: said("Write dates as 2024-05-31, with a time and a zone if you like."),
    });
  }
  return warnings;
}
