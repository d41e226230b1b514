import { type Fields, type FieldValue, isTable, toFieldValue } from "../../front-matter/fields.ts";
import { readFrontMatter } from "../../front-matter/front-matter.ts";
import { type Said, said } from "../../said/said.ts";
import type { Heading, Part, Prose, Sentence } from "../document.ts";
import { type TextTags, tagsOfText } from "../text-tags.ts";
import type { Format } from "./format.ts";
import { type DecodedString, decodeJsonStrings, type JsonString, jsonStrings } from "./json-strings.ts";
import { markdown } from "./markdown.ts";

const CELL_SOURCE = /^(?:worksheets\/\d+\/)?cells\/(\d+)\/source(?:\/\d+)?$/;
const CELL_TYPE = /^(?:worksheets\/\d+\/)?cells\/(\d+)\/cell_type$/;
/** The fields of `metadata` that say what a notebook is. */
const METADATA_FIELDS = [
  "title",
  "date",
  "authors",
  "author",
  "tags",
  "keywords",
  "lang",
  "language",
] as const;

interface Cell {
  type: string;
  readonly strings: JsonString[];
}

/**
 * Reads a Jupyter notebook: the Markdown in its cells, each cell for itself. Code cells and what they printed are not
 * the writer's prose. A sentence's `text` is the JSON it stands in, with the marks between two lines.
 */
export function readNotebook(source: string, bodyStart: number, locale: string): Prose {
  const sentences: Sentence[] = [];
  const headings: Heading[] = [];
  const parts: Part[] = [];
  let paragraphs = 0;
  for (const { type, strings } of cellsOf(source, bodyStart)) {
    if (type !== "markdown" && type !== "heading") continue;
    const decoded = decodeJsonStrings(source, strings);
    const prose = markdown.read(decoded.text, 0, locale);
    const placed = <Stretch extends { readonly start: number; readonly end: number }>(stretch: Stretch) => {
      const { start, end } = placeIn(decoded, stretch);
      return { ...stretch, start, end, ...("text" in stretch ? { text: source.slice(start, end) } : {}) };
    };
    sentences.push(
      ...prose.sentences.map((each) => placed({ ...each, paragraph: each.paragraph + paragraphs })),
    );
    headings.push(...prose.headings.map(placed));
    parts.push(...prose.parts.map(placed));
    paragraphs = (sentences.at(-1)?.paragraph ?? -1) + 1;
  }
  return { sentences, headings, parts };
}

/** What a notebook's metadata says of it, and before that front matter in its first cell (Quarto, nbdev, fastpages). */
export function notebookFields(source: string, bodyStart = 0): Fields {
  const parsed = parseJson(source.slice(bodyStart));
  const metadata = toFieldValue(metadataOf(parsed), String);
  const own = METADATA_FIELDS.flatMap((name): [string, FieldValue][] => {
    const value = isTable(metadata) ? metadata.get(name) : undefined;
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  const [first] = parsed === undefined ? [] : cellsOf(source, bodyStart);
  const top =
    first === undefined || first.type === "code" ? undefined : decodeJsonStrings(source, first.strings);
  return new Map([...own, ...(top === undefined ? [] : (readFrontMatter(top.text)?.fields ?? []))]);
}

/** Hashtags and properties in the Markdown of its cells. */
function notebookTags(source: string, bodyStart: number): TextTags {
  const found = cellsOf(source, bodyStart).flatMap(({ type, strings }) => {
    if (type !== "markdown" && type !== "heading") return [];
    const { text } = decodeJsonStrings(source, strings);
    return markdown.read(text, 0, "en").textTags ?? [];
  });
  return tagsOfText(found);
}

/** Notebooks are JSON; a text that is none was cut off, or holds the marks of a merge. */
function faultOf(body: string): Said | undefined {
  return parseJson(body) === undefined ? said("is no notebook: it is not well-formed JSON") : undefined;
}

const tagsByHand = said(
  "Write them as hashtags into the text, or as the list keywords into the notebook's metadata.",
);

/**
 * A Markdown cell that an editor has open as a document of its own. Front matter that it has is the notebook's; none is
 * written into it, as a cell cannot tell whether it is the first.
 */
export const notebookCell: Format = {
  ...markdown,
  name: "Notebook",
  endings: [],
  languageIds: [],
  isSearchedFor: false,
  holdsTags: false,
  takesHashtags: true,
  tagsByHand,
};

export const notebook: Format = {
  name: "Notebook",
  endings: ["ipynb"],
  languageIds: [],
  hasCells: true,
  isSearchedFor: true,
  holdsTags: false,
  takesHashtags: true,
  tagsInText: notebookTags,
  tagsByHand,
  read: readNotebook,
  fields: notebookFields,
  isAllOneNotation: true,
  fault: faultOf,
};

/** Where a stretch of a decoded text stands in the source. */
function placeIn(
  { starts, ends }: DecodedString,
  { start, end }: { readonly start: number; readonly end: number },
) {
  const from = starts[start] ?? 0;
  return { start: from, end: Math.max(from, ends[end - 1] ?? from) };
}

function cellsOf(source: string, bodyStart: number): readonly Cell[] {
  const cells: Cell[] = [];
  const cellAt = (index: number) => {
    cells[index] ??= { type: "code", strings: [] };
    return cells[index];
  };
  const isWanted = (path: string) => CELL_SOURCE.test(path) || CELL_TYPE.test(path);
  for (const string of jsonStrings(source, bodyStart, isWanted)) {
    const type = CELL_TYPE.exec(string.path);
    if (type !== null) cellAt(Number(type[1])).type = source.slice(string.start + 1, string.end - 1);
    else cellAt(Number(CELL_SOURCE.exec(string.path)?.[1])).strings.push(string);
  }
  return cells;
}

/** Undefined where a text is no JSON of an object. */
function parseJson(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const metadataOf = (notebook: object | undefined): unknown =>
  notebook !== undefined && "metadata" in notebook ? notebook.metadata : undefined;
