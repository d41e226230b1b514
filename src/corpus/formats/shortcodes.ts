import type { Part, PartKind } from "../document.ts";
import { MASK } from "./prose-collector.ts";

/** A source whose notations outside Markdown are masked, character by character, so offsets stay. */
export interface MaskedSource {
  readonly masked: string;
  readonly parts: readonly Part[];
}

interface Notation {
  readonly kind: PartKind;
  readonly pattern: RegExp;
}

/** Up to a blank line, a code fence or so many characters: no template tag is longer. */
const INSIDE = "(?:(?!\\n\\s*\\n|```)[\\s\\S]){0,1000}?";

/** In order: what is masked first is not looked at again. */
const NOTATIONS: readonly Notation[] = [
  // Liquid, Jinja, Hugo, Zola, Tera and Eleventy
  { kind: "shortcode", pattern: new RegExp(`\\{\\{${INSIDE}\\}\\}`, "g") },
  { kind: "shortcode", pattern: new RegExp(`\\{%${INSIDE}%\\}`, "g") },
  { kind: "shortcode", pattern: /\{#(?!\}).{0,300}?#\}/g },
  // Kramdown and Pandoc attributes: {: .note}, {#anchor}, {.class}
  { kind: "shortcode", pattern: /\{:?\s?[#.:][\w-][^{}\n]{0,200}\}|\{:[^{}\n]{0,200}\}/g },
  { kind: "shortcode", pattern: /^[ \t]*(?:\[(?:TOC|toc)\]|\[\[_?TOC_?\]\])[ \t]*$/gm },
  // Admonitions of Python-Markdown, Pandoc and Docusaurus: the line that opens the box
  { kind: "shortcode", pattern: /^[ \t]*(?:!!!|\?\?\?)\+?[ \t]+[\w-].*$/gm },
  { kind: "shortcode", pattern: /^:{3,}.*$/gm },
  // Obsidian: comments and embeds
  { kind: "shortcode", pattern: /^%%[^%]{0,2000}%%[ \t]*$/gm },
  { kind: "image", pattern: /!\[\[[^[\]\n]{1,300}\]\]/g },
  // TeX; a lone pair of dollars is money more often than mathematics
  { kind: "math", pattern: /\$\$[^$]{1,4000}\$\$/g },
  // An escaped bracket is mostly just a bracket; a command or an index in it makes it TeX.
  { kind: "math", pattern: /\\\[(?=[^\]\n]{0,300}(?:\\[a-zA-Z]|[\^_=]))(?:(?!\n\s*\n)[^$]){1,2000}?\\\]/g },
  { kind: "math", pattern: /\\\((?=[^)\n]{0,300}(?:\\[a-zA-Z]|[\^_=])).{1,500}?\\\)/g },
  { kind: "math", pattern: /(?<![\w$\\])\$(?=[^$\n]*[\\^_={}])[^\s$](?:[^$\n]{0,300}[^\s$\\])?\$(?![\w$])/g },
];

/** Tags that come in pairs, with what stands between them. */
const PAIRED: ReadonlyMap<string, PartKind> = new Map([
  ...["highlight", "code_block", "codeblock", "raw", "verbatim", "mermaid"].map(
    (name) => [name, "code"] as const,
  ),
  ["math", "math"],
  ["comment", "shortcode"],
  ...["quote", "blockquote", "pullquote"].map((name) => [name, "quotation"] as const),
]);
const PAIRED_TAG = new RegExp(
  `\\{[%{][<%]?[-~]?\\s*(end_?|/)?\\s*(${[...PAIRED.keys()].join("|")})(?![\\w-])${INSIDE}[%}]\\}`,
  "g",
);

/** `[[Page]]` and `[[Page|shown]]`: what is shown stays. */
const WIKI_LINK = /\[\[(?:[^[\]|\n]{1,200}\|)?([^[\]|\n]{1,200})\]\](?![([])/g;
const FENCE = /^([ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]*)?)(`{3,}|~{3,})[^\n]*$/gm;

/**
 * Masks what static site generators and note programs add to Markdown: template tags, attributes, wiki
 * links, TeX. A tag that has its lines to itself becomes blank lines; one inside a line becomes MASK.
 */
export function maskShortcodes(source: string, start: number): MaskedSource {
  const fences = fencedRanges(source);
  const parts: Part[] = [...pairs(source)].filter(
    (part) => part.start >= start && !isInside(fences, part.start),
  );
  let masked = parts.reduce((text, part) => blankPart(text, part), source);
  for (const { kind, pattern } of NOTATIONS) {
    const before = masked;
    masked = before.replace(pattern, (match: string, ...rest: unknown[]) => {
      const offset = rest.find((value) => typeof value === "number") ?? 0;
      if (offset < start || isInside(fences, offset)) return match;
      parts.push({ kind, start: offset, end: offset + match.length });
      // What follows such a line is indented; after a blank line it would be code.
      if (/^\s*[!?]{3}/.test(match)) return blankOf(match, MASK);
      return blankOf(match, standsAlone(before, offset, offset + match.length) ? " " : MASK);
    });
  }
  masked = masked.replace(WIKI_LINK, (match: string, shown: string, offset: number) => {
    if (offset < start || isInside(fences, offset)) return match;
    parts.push({ kind: "link", start: offset, end: offset + match.length });
    return `${MASK.repeat(match.length - shown.length - 2)}${shown}${MASK.repeat(2)}`;
  });
  return { masked, parts };
}

/** Each pair of tags with what is between them, found in one pass. */
function* pairs(source: string): Generator<Part> {
  const open = new Map<string, number>();
  for (const { 0: tag, 1: closing, 2: name = "", index } of source.matchAll(PAIRED_TAG)) {
    const start = open.get(name);
    if (closing === undefined) {
      open.set(name, index);
    } else if (start !== undefined) {
      open.delete(name);
      yield { kind: PAIRED.get(name) ?? "shortcode", start, end: index + tag.length };
    }
  }
}

function blankPart(text: string, { start, end }: Part): string {
  const filler = standsAlone(text, start, end) ? " " : MASK;
  return text.slice(0, start) + blankOf(text.slice(start, end), filler) + text.slice(end);
}

/** The same length with the same line ends, everything else replaced. */
export function blankOf(text: string, filler: string): string {
  return text.replace(/[^\r\n]/g, filler);
}

function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const lineEnd = text.indexOf("\n", end);
  const after = text.slice(end, lineEnd === -1 ? undefined : lineEnd);
  return before === "" && after.trim() === "";
}

/** Where code fences stand; what looks like a tag in them is code. */
function fencedRanges(source: string): readonly { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let open: { start: number; fence: string } | undefined;
  for (const match of source.matchAll(FENCE)) {
    const fence = match[2] ?? "";
    if (open === undefined) {
      open = { start: match.index, fence };
    } else if (fence.startsWith(open.fence) && match[0].trimEnd().endsWith(fence)) {
      ranges.push({ start: open.start, end: match.index + match[0].length });
      open = undefined;
    }
  }
  if (open !== undefined) ranges.push({ start: open.start, end: source.length });
  return ranges;
}

function isInside(ranges: readonly { start: number; end: number }[], offset: number): boolean {
  return ranges.some(({ start, end }) => offset >= start && offset < end);
}
