import type { Fields, FrontMatterFault, ParsedFields } from "./fields.ts";
import { lineStart, nextLine, type Stretch } from "./lines.ts";
import { fieldsOfLines, parseTomlFields, parseYamlFields } from "./parse-fields.ts";

/** The block at the top of a file that says what the document is. */
export interface FrontMatter {
  readonly format: "yaml" | "toml";
  readonly fields: Fields;
  /** The block with its fences is `source.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
  /** Absent when the block is well formed; its line counts in the file. */
  readonly fault?: FrontMatterFault;
}

/** Reading takes a millisecond for 1,000 characters. */
export const longestHead = 50_000;

interface Block {
  readonly format: "yaml" | "toml";
  readonly start: number;
  readonly end: number;
  readonly inner: string;
  readonly closed: boolean;
}

const OPENING = /^\uFEFF?(?:[ \t]*\r?\n){0,100}(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)/;
/** By the format: its closing fence, a line that is a field, and what reads its fields. */
const notations = {
  yaml: {
    closing: /^(?:---|\.\.\.)[ \t]*$/m,
    field: /^\s*(?:["'][^"']+["']|[\p{L}_][\p{L}\p{N} _./-]*)\s*:(?:\s|$)/u,
    parse: parseYamlFields,
  },
  toml: {
    closing: /^\+\+\+[ \t]*$/m,
    field: /^\s*(?:\[.+\]|["']?[\w.-]+["']?\s*=)/,
    parse: parseTomlFields,
  },
} as const;

/**
 * Finds and reads the front matter at the top of a file: YAML between `---` (or `...`), TOML between
 * `+++`. Never throws: broken front matter gives the fields that could be read and a fault. Two
 * horizontal rules with prose between them are no front matter.
 */
export function readFrontMatter(source: string): FrontMatter | undefined {
  const block = findBlock(source);
  if (block === undefined) return undefined;
  const parsed = parseFields(block);
  if (parsed === undefined) return undefined;
  const { format, start, end } = block;
  const firstLine = countLines(source.slice(0, start)) + 2;
  const fault = faultInFile(parsed.fault, block, firstLine);
  return { format, fields: parsed.fields, start, end, ...(fault === undefined ? {} : { fault }) };
}

/** As `readFrontMatter`, for what is asked at every key: it is looked for in `longestHead` characters. */
export function readHead(source: string): FrontMatter | undefined {
  return readFrontMatter(source.slice(0, longestHead));
}

/** What stands between the fences. */
export function innerOf(source: string, { start, end }: Stretch): Stretch {
  const innerStart = nextLine(source, start);
  return { start: innerStart, end: Math.max(innerStart, lineStart(source, end)) };
}

function findBlock(source: string): Block | undefined {
  const opening = OPENING.exec(source);
  const fence = opening?.[1];
  if (opening === null || fence === undefined) return undefined;
  const format = fence === "---" ? "yaml" : "toml";
  const start = opening[0].lastIndexOf(fence);
  const innerStart = opening[0].length;
  const rest = source.slice(innerStart);
  const closing = notations[format].closing.exec(rest);
  if (closing !== null) {
    const inner = rest.slice(0, closing.index);
    return { format, start, end: innerStart + closing.index + closing[0].length, inner, closed: true };
  }
  // Without a closing fence it ends at the first blank line, if its first line is a field at all.
  if (!isField(rest.split(/\r?\n/, 1)[0] ?? "", format)) return undefined;
  const blank = /\r?\n[ \t]*\r?\n/.exec(rest);
  const inner = blank === null ? rest : rest.slice(0, blank.index);
  return { format, start, end: innerStart + inner.length, inner, closed: false };
}

/** More than any writer's, and what the parsers are quick with, whatever stands in it. */
const mostCharacters = 50_000;

function parseFields({ format, inner }: Block): ParsedFields | undefined {
  if (inner.length > mostCharacters) {
    const head = inner.slice(0, mostCharacters);
    const message = `is longer than ${mostCharacters} characters, so its fields are not read`;
    return looksLikeFields(head, format) ? { fields: new Map(), fault: { line: 1, message } } : undefined;
  }
  const parsed = notations[format].parse(inner);
  if (parsed !== undefined && parsed.fault === undefined) return parsed;
  if (!looksLikeFields(inner, format)) return undefined;
  const fault = parsed?.fault ?? { line: 1, message: "is no list of fields with values, or nests too deep" };
  return { fields: fieldsOfLines(inner, format), fault };
}

/** Names of fields stand at the start, and patterns take long for endless lines. */
function isField(line: string, format: Block["format"]): boolean {
  return notations[format].field.test(line.slice(0, 500));
}

/** Most lines that stand at the margin are fields; so prose between two rules is told apart. */
function looksLikeFields(inner: string, format: Block["format"]): boolean {
  const lines = inner.split(/\r\n|\n|\r/).filter((line) => /^[^\s#\]})-]/.test(line));
  return lines.length > 0 && lines.filter((line) => isField(line, format)).length * 2 > lines.length;
}

function faultInFile(
  fault: FrontMatterFault | undefined,
  block: Block,
  firstLine: number,
): FrontMatterFault | undefined {
  if (!block.closed) {
    return {
      line: firstLine - 1,
      message: `opens with ${block.format === "yaml" ? "---" : "+++"} but never closes`,
    };
  }
  return fault === undefined ? undefined : { ...fault, line: fault.line + firstLine - 1 };
}

function countLines(text: string): number {
  return text.split(/\r\n|\n|\r/).length - 1;
}
