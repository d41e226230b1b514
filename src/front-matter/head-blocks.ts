import type { Stretch } from "./lines.ts";
import { lineEnd, nextLine } from "./lines.ts";

/** The notations of front matter. */
export type FrontMatterFormat = "yaml" | "toml" | "json";

/** Where a front matter stands, before its fields are read. */
export interface HeadBlock extends Stretch {
  readonly format: FrontMatterFormat;
  /** What its parser reads. */
  readonly inner: Stretch;
  readonly isClosed: boolean;
}

const LEAD = /^\uFEFF?(?:[ \t]*\r?\n){0,100}/;
const FENCE =
  /^(?:(---|\+\+\+)[ \t]*|---(yaml|yml|toml|json|js|javascript)[ \t]*|(-----)[ \t]*)(?:\r\n|\n|\r)/;
const PLUSES = /^\+\+\+[ \t]*$/m;
const DASHES = /^---[ \t]*$/m;
const DASHES_OR_DOTS = /^(?:---|\.\.\.)[ \t]*$/m;
const BARE_JSON = /^(;;;[ \t]*(?:\r\n|\n|\r))?\s{0,200}"[^"\r\n]{1,200}"\s{0,20}:/;
const SEMICOLONS = /^;;;[ \t]*$/m;
const FIVE_DASHES = /^-----[ \t]*$/m;
const fields = {
  yaml: /^\s*(?:["'][^"']+["']|[\p{L}_][\p{L}\p{N} _./-]*)\s*:(?:\s|$)/u,
  toml: /^\s*(?:\[.+\]|["']?[\w.-]+["']?\s*=)/,
  json: /^\s*"[^"]+"\s*:/,
} as const;

/**
 * The front matter at the top of a file:
 *
 * - between fences: `---` (YAML, which may end with `...`) or `+++` (TOML). Without a closing one it ends at the first
 *   blank line, if its first line is a field;
 * - between such fences of which the first names the notation, as gray-matter reads it for Eleventy and VuePress:
 *   `---json` (an object of JavaScript is read as far as it is JSON), `---toml`, `---yaml`;
 * - between lines of five dashes, as Nanoc has it: one of the fields has to be known, as they are rules elsewhere;
 * - YAML with a closing fence alone, as old versions of Hexo write it (hexo-front-matter, `rFrontMatterNew`);
 * - JSON in braces, as Hugo has it (gohugo.io, 'Front matter'), and without them before `;;;`, as Hexo has it.
 */
export function findHeadBlock(source: string): HeadBlock | undefined {
  const start = LEAD.exec(source)?.[0].length ?? 0;
  const [, fence, named, rule] = FENCE.exec(source.slice(start, start + 200)) ?? [];
  if (fence === "+++") return fencedBlock(source, start, "toml", PLUSES);
  if (fence !== undefined) return fencedBlock(source, start, "yaml", DASHES_OR_DOTS);
  if (named !== undefined) return closedBlock(source, start, namedFormats[named]!, DASHES);
  if (rule !== undefined) return ruledBlock(source, start);
  return jsonBlock(source, start) ?? bareJsonBlock(source, start) ?? halfFencedBlock(source, start);
}

/** Whether a line is a field. Names of fields stand at the start, and patterns take long for endless lines. */
export function isFieldLine(line: string, format: FrontMatterFormat): boolean {
  return fields[format].test(line.slice(0, 500));
}

const namedFormats: Readonly<Record<string, FrontMatterFormat>> = {
  yaml: "yaml",
  yml: "yaml",
  toml: "toml",
  json: "json",
  js: "json",
  javascript: "json",
};

/** From the line of the fence that opens to the one that closes; undefined where none does. */
function closedBlock(
  source: string,
  start: number,
  format: FrontMatterFormat,
  close: RegExp,
): HeadBlock | undefined {
  const innerStart = nextLine(source, start);
  const closing = close.exec(source.slice(innerStart));
  if (closing === null) return undefined;
  const innerEnd = innerStart + closing.index;
  const inner = { start: innerStart, end: innerEnd };
  return { format, start, end: innerEnd + closing[0].length, inner, isClosed: true };
}

/** Fields of JSON up to a line `;;;`, with or without such a line above (hexo.io, 'Front-matter'). */
function bareJsonBlock(source: string, start: number): HeadBlock | undefined {
  const opening = BARE_JSON.exec(source.slice(start, start + 500));
  const closing = opening && SEMICOLONS.exec(source.slice(start + opening[0].length, start + mostCharacters));
  if (opening === null || closing === null) return undefined;
  const innerStart = start + (opening[1]?.length ?? 0);
  const innerEnd = start + opening[0].length + closing.index;
  const inner = { start: innerStart, end: innerEnd };
  return { format: "json", start, end: innerEnd + closing[0].length, inner, isClosed: true };
}

function ruledBlock(source: string, start: number): HeadBlock | undefined {
  const block = closedBlock(source, start, "yaml", FIVE_DASHES);
  const lines =
    block === undefined ? [] : source.slice(block.inner.start, block.inner.end).split(/\r\n|\n|\r/);
  return lines.some((line) => POST_FIELDS.test(NAME.exec(line.slice(0, 500))?.[1] ?? "")) ? block : undefined;
}

function fencedBlock(
  source: string,
  start: number,
  format: "yaml" | "toml",
  close: RegExp,
): HeadBlock | undefined {
  const closed = closedBlock(source, start, format, close);
  if (closed !== undefined) return closed;
  const innerStart = nextLine(source, start);
  const rest = source.slice(innerStart);
  if (!isFieldLine(rest.split(/\r?\n/, 1)[0] ?? "", format)) return undefined;
  const blank = /\r?\n[ \t]*\r?\n/.exec(rest);
  const end = blank === null ? source.length : innerStart + blank.index;
  return { format, start, end, inner: { start: innerStart, end }, isClosed: false };
}

/** Fields by which a block without an opening fence is told from a heading that is underlined with dashes. */
const POST_FIELDS =
  /^(?:title|date|updated|layout|permalink|tags?|categor(?:y|ies)|author|comments|description|published|id|slug|lang|keywords|photos|excerpt)$/i;
const NAME = /^["']?([\p{L}_][\p{L}\p{N} _./-]*?)["']?\s*:(?:\s|$)/u;
const mostLines = 200;
/** Heads are shorter. */
const mostCharacters = 100_000;

/** Lines of fields from the first line on, then a fence; `title: x` alone is enough, as no heading begins so. */
function halfFencedBlock(whole: string, start: number): HeadBlock | undefined {
  const names: string[] = [];
  const source = whole.slice(0, start + mostCharacters);
  let at = start;
  for (let seen = 0; seen < mostLines && at < source.length; seen++, at = nextLine(source, at)) {
    const end = lineEnd(source, at);
    if (end === source.length && end < whole.length) return undefined;
    const line = source.slice(at, Math.min(end, at + 500));
    if (/^-{3,}[ \t]*$/.test(line)) {
      const known = names.filter((name) => POST_FIELDS.test(name)).length;
      const isHead =
        known > 1 || (known === 1 && names.length === 1 && /^(?:title|date|layout)$/.test(names[0]!));
      return isHead ? { format: "yaml", start, end, inner: { start, end: at }, isClosed: true } : undefined;
    }
    const name = NAME.exec(line)?.[1];
    if (name !== undefined) names.push(name);
    else if (names.length === 0 || !/^(?:\s|$|#|-(?:\s|$)|[\]}])/.test(line)) return undefined;
  }
  return undefined;
}

/**
 * Whether a text without front matter begins with fields all the same, which would be text of the page below a new one:
 * lines as MultiMarkdown, Pelican and Logseq have them (`Title: x`, `title:: x`), Pandoc's title block (`% x`), or
 * JSON that is broken.
 */
export function hasOtherHead(source: string): boolean {
  const start = LEAD.exec(source)?.[0].length ?? 0;
  const lines = source.slice(start, start + 2_000).split(/\r\n|\n|\r/);
  const [first = "", second = ""] = lines;
  if (first.startsWith(";;;") || /^[{\s]*"[\w-]+"\s*:/.test(first) || /^\{\s*$/.test(first)) return true;
  if (/^(?:[\w-]+::\s|%\s+\S)/.test(first)) return true;
  const named = [first, second].map((line) => NAME.exec(line)?.[1] ?? "");
  return named.every((name) => POST_FIELDS.test(name));
}

/** From the first brace to the one that closes it; a text that only begins with a brace has no name in quotation marks next. */
function jsonBlock(source: string, start: number): HeadBlock | undefined {
  if (!/^\{\s{0,200}"[^"\r\n]{1,200}"\s{0,20}:/.test(source.slice(start, start + 500))) return undefined;
  const format = "json";
  let depth = 0;
  for (const { 0: sign, index } of source.slice(start).matchAll(/"(?:[^"\\\r\n]|\\.)*"|[{}[\]]/g)) {
    if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") depth -= 1;
    if (depth > 0) continue;
    const end = start + index + 1;
    return { format, start, end, inner: { start, end }, isClosed: true };
  }
  const blank = /\r?\n[ \t]*\r?\n/.exec(source.slice(start));
  const end = blank === null ? source.length : start + blank.index;
  return { format, start, end, inner: { start, end }, isClosed: false };
}
