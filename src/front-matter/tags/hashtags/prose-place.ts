import { lineEnd, lineStart, nextLine } from "../../lines.ts";

/** So much of a paragraph is looked at, on each side; a line may have megabytes. */
const longestParagraph = 5_000;
/** So many lines are looked at for the list that an indented line belongs to. */
const mostLines = 400;

/**
 * Whether Markdown has prose at a place: no code, heading, comment, formula, HTML, and no target of a link. All that
 * completion has to know of Markdown is here.
 */
export function isProsePlace(source: string, at: number, bodyStart: number): boolean {
  const line = source.slice(Math.max(lineStart(source, at), at - longestParagraph), at);
  if (/^ {0,3}#{1,6}\s/.test(line)) return false;
  if (isIndentedCode(source, at, bodyStart) || isInBlock(source, at, bodyStart)) return false;
  const before = paragraphBefore(source, at, bodyStart);
  return !isInInlineMarkup(before, source.slice(at, Math.min(lineEnd(source, at), at + longestParagraph)));
}

const MARKER = /^([ \t]*)((?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))/;

/** Four columns in from what surrounds the line: the page, or an item of a list; a blank line before it. */
function isIndentedCode(source: string, at: number, bodyStart: number): boolean {
  const own = lineStart(source, at);
  const indent = columnsOf(/^[ \t]*/.exec(source.slice(own, at))?.[0] ?? "");
  if (indent < 4) return false;
  let isApart = false;
  let start = own;
  for (let seen = 0; start > bodyStart && seen < mostLines; seen++) {
    start = lineStart(source, start - (source[start - 1] === "\n" && source[start - 2] === "\r" ? 2 : 1));
    const line = source.slice(start, Math.min(lineEnd(source, start), start + 200));
    const [, lead = "", mark = ""] = MARKER.exec(line) ?? [];
    const outer = columnsOf(/^[ \t]*/.exec(line)?.[0] ?? "");
    if (line.trim() === "") isApart = true;
    else if (mark !== "") {
      const content = columnsOf(lead + mark.replace(/[^ \t]/g, " "));
      if (indent >= content) return isApart && indent >= content + 4;
    } else if (!isApart) {
      // It goes on with the line above, which may be code itself.
      return outer >= 4 && isIndentedCode(source, start + (line.length - line.trimStart().length), bodyStart);
    } else if (outer < 2) return true;
  }
  return true;
}

/** Of blanks, with tabs to every fourth column. */
function columnsOf(blanks: string): number {
  let columns = 0;
  for (const blank of blanks) columns += blank === "\t" ? 4 - (columns % 4) : 1;
  return columns;
}

const OPENED =
  /^[ \t]*(?:>[ \t]?)*(?:[-*+][ \t]+|\d+[.)][ \t]+)?[ \t]*(`{3,}|~{3,}|<!--|<(?:pre|script|style|textarea)(?=[\s>]))/i;

/** A code fence, or HTML whose words are no Markdown, that was opened in a line above, blank lines or not. */
function isInBlock(source: string, at: number, bodyStart: number): boolean {
  let close: string | undefined;
  for (let start = bodyStart; start < at; start = nextLine(source, start)) {
    const line = source.slice(start, Math.min(at, lineEnd(source, start)));
    if (close === undefined) {
      const opened = OPENED.exec(line.slice(0, 200));
      if (opened !== null) close = closingOf(opened[1]!, line.slice(opened[0].length));
    } else if (closes(line, close)) close = undefined;
    if (nextLine(source, start) <= start) break;
  }
  return close !== undefined;
}

/** What closes a block; undefined where the rest of its first line does so. */
function closingOf(opening: string, rest: string): string | undefined {
  if (/^[`~]/.test(opening)) return opening;
  const close = opening === "<!--" ? "-->" : `</${opening.slice(1).toLowerCase()}>`;
  return closes(rest, close) ? undefined : close;
}

function closes(line: string, close: string): boolean {
  return /^[`~]/.test(close)
    ? line.replace(/^[\s>]*/, "").startsWith(close)
    : line.toLowerCase().includes(close);
}

/** From the last blank line on. */
function paragraphBefore(source: string, at: number, bodyStart: number): string {
  const text = source.slice(Math.max(bodyStart, at - longestParagraph), at);
  const blank = [...text.matchAll(/\n[ \t]*\r?\n/g)].at(-1);
  return blank === undefined ? text : text.slice(blank.index + blank[0].length);
}

/** Code, targets of links, HTML, shortcodes, attributes, comments and formulas that are open here. */
function isInInlineMarkup(before: string, after: string): boolean {
  const text = before.replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
  if (text.includes("`") && after.includes("`")) return true;
  const opened = (open: string, close: string) => text.lastIndexOf(open) > text.lastIndexOf(close);
  if (opened("](", ")") || opened("[[", "]]") || opened("{{", "}}") || opened("{%", "%}")) return true;
  if (opened("<!--", "-->") || /\{:?[^{}]*$/.test(text) || /^\s{0,3}\[[^\]]+\]:/.test(lastLine(text)))
    return true;
  if (/<[a-z!/][^<>]*$/i.test(text)) return true;
  if ((text.match(/(?<!\\)\$\$/g)?.length ?? 0) % 2 === 1) return true;
  return /\w{1,20}:\/\/\S*$/.test(text);
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}
