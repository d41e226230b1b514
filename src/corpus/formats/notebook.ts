import { type Fields, type FieldValue, isTable, toFieldValue } from "../../front-matter/fields.ts";
import { readFrontMatter } from "../../front-matter/front-matter.ts";
import { type Said, said } from "../../said/said.ts";
import type { Heading, Part, Prose, Sentence } from "../document.ts";
import { type TextTags, tagsOfText } from "../text-tags.ts";
import type { Format } from "./format.ts";
import { type DecodedString, decodeJsonStrings, type JsonString, jsonStrings } from "./json-strings.ts";
import { markdown } from "./markdown.ts";

/** Cells stand in worksheets in the third version of the format, and each heading is one. */
const CELL_SOURCE = /^((?:worksheets\/\d+\/)?cells\/\d+)\/source(?:\/\d+)?$/;
const CELL_TYPE = /^((?:worksheets\/\d+\/)?cells\/\d+)\/cell_type$/;
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
  /** Where it stands in the JSON: 'worksheets/0/cells/3'. */
  readonly path: string;
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
  for (const decoded of writtenCells(source, bodyStart)) {
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
  const found = writtenCells(source, bodyStart).flatMap(
    ({ text }) => markdown.read(text, 0, "en").textTags ?? [],
  );
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

/** Of the cells that hold the writer's words the Markdown, with its places in the source. */
function writtenCells(source: string, bodyStart: number): readonly DecodedString[] {
  let parsed: unknown;
  return cellsOf(source, bodyStart).flatMap(({ path, type, strings }) => {
    if (type !== "markdown" && type !== "heading") return [];
    const decoded = decodeJsonStrings(source, strings);
    if (type === "markdown") return [decoded];
    parsed ??= parseJson(source.slice(bodyStart));
    return [asHeading(decoded, valueAt(parsed, `${path}/level`))];
  });
}

/** A cell that is a heading as Markdown has it. */
function asHeading({ text, starts, ends }: DecodedString, level: unknown): DecodedString {
  const hashes = "#".repeat(typeof level === "number" && level >= 1 && level <= 6 ? level : 1);
  const before = Array.from(`${hashes} `, () => starts[0] ?? 0);
  return {
    text: `${hashes} ${text.replace(/\s/g, " ")}`,
    starts: [...before, ...starts],
    ends: [...before, ...ends],
  };
}

/** What stands at a path of a JSON value; undefined where nothing does. */
function valueAt(value: unknown, path: string): unknown {
  return path
    .split("/")
    .reduce<unknown>(
      (within, name) =>
        typeof within === "object" && within !== null ? Reflect.get(within, name) : undefined,
      value,
    );
}

function cellsOf(source: string, bodyStart: number): readonly Cell[] {
  const cells = new Map<string, Cell>();
  const cellAt = (path = "") => {
    const cell = cells.get(path) ?? { path, type: "code", strings: [] };
    cells.set(path, cell);
    return cell;
  };
  const isWanted = (path: string) => CELL_SOURCE.test(path) || CELL_TYPE.test(path);
  for (const string of jsonStrings(source, bodyStart, isWanted)) {
    const type = CELL_TYPE.exec(string.path);
    if (type !== null) cellAt(type[1]).type = source.slice(string.start + 1, string.end - 1);
    else cellAt(CELL_SOURCE.exec(string.path)?.[1]).strings.push(string);
  }
  return [...cells.values()];
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
