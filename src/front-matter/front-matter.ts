import { said, whole } from "../said/said.ts";
import type { Fields, FrontMatterFault, ParsedFields } from "./fields.ts";
import { type FrontMatterFormat, findHeadBlock, type HeadBlock, isFieldLine } from "./head-blocks.ts";
import type { Stretch } from "./lines.ts";
import { fieldsOfLines, parseJsonFields, parseTomlFields, parseYamlFields } from "./parse-fields.ts";

/** The block at the top of a file that says what the document is. */
export interface FrontMatter {
  readonly format: FrontMatterFormat;
  readonly fields: Fields;
  /** The block with its fences is `source.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
  /** What stands between its fences; in JSON the braces and what is between them. */
  readonly inner: Stretch;
  /** Absent when the block is well formed; its line counts in the file. */
  readonly fault?: FrontMatterFault;
}

/** Reading takes a millisecond for 1,000 characters. */
export const longestHead = 50_000;

const parsers = { yaml: parseYamlFields, toml: parseTomlFields, json: parseJsonFields } as const;
const fences = { yaml: "---", toml: "+++", json: "{" } as const;

/**
 * Finds and reads the front matter at the top of a file, in any of the notations that `findHeadBlock` knows.
 * Never throws: broken front matter gives the fields that could be read and a fault. Two
 * horizontal rules with prose between them are no front matter.
 */
export function readFrontMatter(source: string): FrontMatter | undefined {
  const block = findHeadBlock(source);
  if (block === undefined) return undefined;
  const text = source.slice(block.inner.start, block.inner.end);
  const parsed = parseFields(text, block.format);
  if (parsed === undefined) return undefined;
  const { format, start, end, inner } = block;
  const firstLine = countLines(source.slice(0, inner.start)) + 1;
  const fault = faultInFile(parsed.fault, block, firstLine);
  return { format, fields: parsed.fields, start, end, inner, ...(fault === undefined ? {} : { fault }) };
}

/** As `readFrontMatter`, for what is asked at every key: it is looked for in `longestHead` characters. */
export function readHead(source: string): FrontMatter | undefined {
  return readFrontMatter(source.slice(0, longestHead));
}

/** More than any writer's, and what the parsers are quick with, whatever stands in it. */
const mostCharacters = 50_000;

function parseFields(text: string, format: FrontMatterFormat): ParsedFields | undefined {
  if (text.length > mostCharacters) {
    const head = text.slice(0, mostCharacters);
    const message = said("is longer than {0} characters, so its fields are not read", whole(mostCharacters));
    return looksLikeFields(head, format) ? { fields: new Map(), fault: { line: 1, message } } : undefined;
  }
  const parsed = parsers[format](text);
  if (parsed !== undefined && parsed.fault === undefined) return parsed;
  if (!looksLikeFields(text, format)) return undefined;
  const fault = parsed?.fault ?? {
    line: 1,
    message: said("is no list of fields with values, or nests too deep"),
  };
  return { fields: format === "json" ? new Map() : fieldsOfLines(text, format), fault };
}

/** Most lines that stand at the margin are fields; so prose between two rules is told apart. JSON is told by its start. */
function looksLikeFields(text: string, format: FrontMatterFormat): boolean {
  if (format === "json") return true;
  const lines = text.split(/\r\n|\n|\r/).filter((line) => /^[^\s#\]})-]/.test(line));
  return lines.length > 0 && lines.filter((line) => isFieldLine(line, format)).length * 2 > lines.length;
}

function faultInFile(
  fault: FrontMatterFault | undefined,
  { isClosed, format }: HeadBlock,
  firstLine: number,
): FrontMatterFault | undefined {
  if (!isClosed) {
    const line = format === "json" ? firstLine : firstLine - 1;
    return { line, message: said("opens with {0} but never closes", fences[format]) };
  }
  return fault === undefined ? undefined : { ...fault, line: fault.line + firstLine - 1 };
}

function countLines(text: string): number {
  return text.split(/\r\n|\n|\r/).length - 1;
}
