import { lineEnd, lineStart, nextLine } from "../../lines.ts";

export interface HashtagPlace {
  readonly kind: "hashtag";
  /** From the hash on. */
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
}

/** Longer than any hashtag. */
const longestTag = 100;
/** So much of a paragraph is looked at, on each side; a line may have megabytes. */
const longestParagraph = 5_000;

/** The hashtag that is being written at an offset of Markdown prose; undefined where there is none. */
export function hashtagPlaceAt(source: string, offset: number, bodyStart: number): HashtagPlace | undefined {
  const from = Math.max(bodyStart, lineStart(source, offset), offset - longestTag);
  const typed = /(?:^|[\s(["'“‘«—–])#([\p{L}][\p{L}\p{N}_/-]*)?$/u.exec(source.slice(from, offset));
  if (typed === null) return undefined;
  const prefix = typed[1] ?? "";
  const start = offset - prefix.length - 1;
  const isAtMargin = source.slice(lineStart(source, start), start).trim() === "";
  // A hash alone at the start of a line begins a heading more often than a tag.
  if (isAtMargin && prefix === "") return undefined;
  if (!isProse(source, start, bodyStart)) return undefined;
  const rest = /^[\p{L}\p{N}_/-]*/u.exec(source.slice(offset, offset + longestTag))?.[0] ?? "";
  return { kind: "hashtag", start, end: offset + rest.length, prefix };
}

/** How hashtags of several words are written in a document, judged by those that it has. */
export function hashtagStyle(source: string): "camelCase" | "kebab" {
  const hashtags = source.slice(0, 200_000).match(/(?<=^|[\s(])#\p{L}[\p{L}\p{N}_-]+/gu) ?? [];
  const camel = hashtags.filter((tag) => /^#\p{Lu}?\p{Ll}+\p{Lu}/u.test(tag)).length;
  const kebab = hashtags.filter((tag) => tag.includes("-")).length;
  return camel > kebab ? "camelCase" : "kebab";
}

/** A tag as a hashtag, with its hash; undefined for what a hashtag cannot hold (`C++`). */
export function hashtagOf(tag: string, style: "camelCase" | "kebab"): string | undefined {
  const words = tag.split(/\s+/);
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const joined = style === "kebab" || words.length === 1 ? words.join("-") : words.map(capital).join("");
  return /^\p{L}[\p{L}\p{N}_/-]*$/u.test(joined) ? `#${joined}` : undefined;
}

function isProse(source: string, at: number, bodyStart: number): boolean {
  const line = source.slice(Math.max(lineStart(source, at), at - longestParagraph), at);
  if (/^(?: {4}|\t| {0,3}#{1,6}\s)/.test(line)) return false;
  if (isInFence(source, at, bodyStart)) return false;
  const before = paragraphBefore(source, at, bodyStart);
  return !isInInlineMarkup(before, source.slice(at, Math.min(lineEnd(source, at), at + longestParagraph)));
}

function isInFence(source: string, at: number, bodyStart: number): boolean {
  let open: string | undefined;
  for (let start = bodyStart; start < at; start = nextLine(source, start)) {
    const fence = /^[ \t]*(?:>[ \t]?)*(?:[-*+][ \t]+|\d+[.)][ \t]+)?[ \t]*(`{3,}|~{3,})/.exec(
      source.slice(start, Math.min(start + 200, lineEnd(source, start))),
    )?.[1];
    if (fence === undefined) continue;
    if (open === undefined) open = fence;
    else if (fence.startsWith(open)) open = undefined;
    if (nextLine(source, start) <= start) break;
  }
  return open !== undefined;
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
