import type { Fields, FieldValue } from "../../front-matter/fields.ts";
import type { OwnTagField } from "../../front-matter/tags/fields/own-tag-field.ts";
import { said } from "../../said/said.ts";
import { readInSteps } from "../live/stepped-prose.ts";
import type { Format } from "./format.ts";
import { LatexBraces } from "./latex/latex-braces.ts";
import { latexExtent } from "./latex/latex-extent.ts";
import { LatexReader } from "./latex/latex-reader.ts";
import { longestMath } from "./latex/latex-signs.ts";
import { ProseCollector } from "./prose-collector.ts";
import { lineEndIn, newTagLine, tagLine } from "./tag-line.ts";

export const latex: Format = {
  name: "LaTeX",
  endings: ["tex", "latex", "ltx"],
  languageIds: ["latex"],
  isSearchedFor: true,
  holdsTags: false,
  tagsByHand: said("Write them before \\begin{document}, as \\keywords{garden, rain}."),
  tagField: latexTagField,
  ...readInSteps({
    extent: latexExtent,
    reader: (source, { end }, { at }, collector) => new LatexReader(source, { start: at, end }, collector),
    lookAhead: longestMath,
  }),
  fields: latexFields,
};

/** `\title`, `\author`, `\date` and `\keywords`, and what `hyperref` is told of them. */
function latexFields(source: string, bodyStart: number): Fields {
  const fields = new Map<string, FieldValue>();
  const head = source.slice(0, bodyStart + 60_000);
  const patterns: readonly (readonly [string, RegExp])[] = [
    ["title", /\\title\s*(?:\[[^\]]{0,300}\])?\s*\{/],
    ["author", /\\author\s*(?:\[[^\]]{0,300}\])?\s*\{/],
    ["date", /\\date\s*\{/],
    ["keywords", /\\(?:keywords|keyword|kwd)\s*\{/],
    ["keywords", /\bpdfkeywords\s*=\s*\{/],
    ["title", /\bpdftitle\s*=\s*\{/],
    ["author", /\bpdfauthor\s*=\s*\{/],
  ];
  for (const [name, pattern] of patterns) {
    const match = firstIn(head, pattern);
    if (match === undefined || fields.has(name)) continue;
    const start = match.index + match[0].length;
    const end = new LatexBraces(head.slice(0, start + 2_000), start - 1).endOf(start - 1);
    const written = end === undefined ? "" : head.slice(start, end);
    const value = plainOf(name === "keywords" ? written.replace(BETWEEN, ",") : written, name === "author");
    if (value !== "" && !/^\\?today$/.test(value)) fields.set(name, value);
  }
  const environment = /\\begin\{(?:keywords?|IEEEkeywords)\}([\s\S]{1,1000}?)\\end\{/.exec(head)?.[1];
  if (environment !== undefined && !fields.has("keywords")) {
    fields.set("keywords", plainOf(environment.replace(BETWEEN, ","), false).replace(/\.$/, ""));
  }
  return fields;
}

/** What stands between two keywords in the classes of Elsevier and Springer. */
const BETWEEN = /\\(?:sep|and)(?![a-zA-Z])/g;
const KEYWORD_COMMANDS = [/\\(?:keywords|keyword|kwd)\s*\{/, /\bpdfkeywords\s*=\s*\{/];
const KEYWORD_ENVIRONMENT =
  /(\\begin\{(keywords?|IEEEkeywords)\}[ \t]*(?:\r?\n)?)([\s\S]{0,1000}?)\s*\\end\{\2\}/;
/** Classes of documents that know `\keywords` in front of the text. */
const CLASS_WITH_KEYWORDS =
  /\\documentclass\s*(?:\[[^\]]{0,500}\])?\s*\{(?:amsart|amsbook|amsproc|acmart|sn-jnl|aastex\d*|revtex4-\d)\}/;

/**
 * `\keywords{a, b}`, what `hyperref` is told, or an environment of keywords. A new one stands before the text, where the
 * class of the document or `hyperref` knows it; elsewhere it would not compile.
 */
function latexTagField(source: string): OwnTagField | undefined {
  const head = source.slice(0, 60_000);
  for (const pattern of KEYWORD_COMMANDS) {
    const match = firstIn(head, pattern);
    if (match === undefined) continue;
    const start = match.index + match[0].length;
    const end = new LatexBraces(head.slice(0, start + 2_000), start - 1).endOf(start - 1);
    if (end !== undefined) return latexField(source, start, end);
  }
  const environment = KEYWORD_ENVIRONMENT.exec(head);
  if (environment !== null && !isComment(head, environment.index)) {
    const [, opening = "", name, keywords = ""] = environment;
    const start = environment.index + opening.length;
    const field = latexField(source, start, start + keywords.length);
    // Elsevier's class takes no commas.
    return name === "keyword" && !keywords.includes(",") ? { ...field, separator: "\\sep" } : field;
  }
  const begin = /^[^%\n]*\\begin\s*\{document\}/m.exec(head);
  const isKnown = CLASS_WITH_KEYWORDS.test(head);
  const hasHyperref = /^[^%\n]*\\usepackage\s*(?:\[[^\]]{0,500}\])?\s*\{[^{}]*\bhyperref\b/m.test(head);
  if (begin === null || !(isKnown || hasHyperref)) return undefined;
  const newLine = lineEndIn(source);
  const field = (value: string) =>
    `${isKnown ? `\\keywords{${value}}` : `\\hypersetup{pdfkeywords={${value}}}`}${newLine}`;
  return newTagLine(begin.index, field, writtenInLatex);
}

const writtenInLatex = (tag: string): string | undefined =>
  /[,;\\~^]/.test(tag) ? undefined : tag.replace(/[&%$#_{}]/g, "\\$&");

function latexField(source: string, start: number, end: number): OwnTagField {
  const plain = (written: string) => plainOf(written, false);
  const field = { ...tagLine(source, { start, end }, "", writtenInLatex), plain };
  const [between] = source.slice(start, end).match(BETWEEN) ?? [];
  return between === undefined ? field : { ...field, separator: between };
}

/** The first match that is no comment. */
const firstIn = (head: string, pattern: RegExp): RegExpExecArray | undefined =>
  head.matchAll(new RegExp(pattern, "g")).find(({ index }) => !isComment(head, index));

const isComment = (source: string, at: number): boolean =>
  /(?<!\\)%/.test(source.slice(source.lastIndexOf("\n", at) + 1, at));

/** The words of a short text of LaTeX; between several authors stands a semicolon. */
function plainOf(text: string, isNames: boolean): string {
  const shown = isNames
    ? text
        .replace(/\\(?:thanks|inst|footnote|textsuperscript|orcid\w*|email)\s*(?:\[[^\]]*\])?\{[^{}]*\}/g, "")
        .replace(/\\(?:and|And|AND)\b/g, ";")
        .replace(/\\\\[^;]*/g, "")
    : text.replace(/\\\\/g, " ");
  const collector = new ProseCollector(shown, "en");
  collector.beginBlock(1);
  for (const _ of new LatexReader(shown, latexExtent(shown, 0), collector).read());
  const { headings } = collector.finish();
  return headings.map(({ plain }) => plain).join(" ");
}
