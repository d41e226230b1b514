import { posix } from "node:path";
import { asciidoc } from "./asciidoc.ts";
import type { Format } from "./format.ts";
import { htmlPage } from "./html-page.ts";
import { latex } from "./latex.ts";
import { markdown, mdx, quarto, rMarkdown } from "./markdown.ts";
import { notebook } from "./notebook.ts";
import { org } from "./org.ts";
import { plainText } from "./plain-text.ts";
import { restructuredText } from "./restructured-text.ts";

/** All formats that are read. */
export const formats: readonly Format[] = [
  markdown,
  mdx,
  quarto,
  rMarkdown,
  plainText,
  notebook,
  org,
  latex,
  restructuredText,
  asciidoc,
  htmlPage,
];

/** Endings of all files that are read. */
export const readEndings: readonly string[] = formats.flatMap(({ endings }) => endings);

/** Endings of the files for which folders are searched where no patterns are given. */
export const searchedEndings: readonly string[] = formats
  .filter(({ isSearchedFor }) => isSearchedFor)
  .flatMap(({ endings }) => endings);

/** A glob for the files with these endings; braces around a single one would stand for themselves. */
export const globFor = (endings: readonly string[]): string =>
  `**/*.${endings.length === 1 ? endings[0] : `{${endings.join(",")}}`}`;

/** The same for editors, whose globs tell capital letters from small ones: `.Rmd`, `.MD`. */
export const anyCaseGlobFor = (endings: readonly string[]): string =>
  globFor(
    endings.map((ending) => ending.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)),
  );

/**
 * Kinds of files that hold text, or seem to, and nobody's prose: data, programs, notations of no reader here. Anything
 * else that no format knows is taken for Markdown, which prose without markup is, too.
 */
const UNREAD_ENDINGS: ReadonlySet<string> = new Set(
  [
    "json json5 jsonl ndjson geojson csv tsv xml yaml yml toml ini cfg conf env lock log sql svg ics vcf bib bibtex",
    "c h cc cpp hpp cs go rs java kt scala swift py pyi rb php pl lua r jl hs ml clj ex erl sh bash zsh fish ps1 bat",
    "js mjs cjs jsx ts tsx vue svelte css scss sass less wasm map sty cls bst aux toc bbl",
    "eml mbox pdf doc docx odt rtf pages epub mobi ppt pptx xls xlsx ods key zip gz tar png jpg jpeg gif webp",
  ]
    .join(" ")
    .split(" "),
);

/** The format that a path names; what has another ending, or none, is read as Markdown. */
export function formatOf(path: string): Format {
  const ending = endingOf(path);
  return formats.find(({ endings }) => endings.includes(ending)) ?? markdown;
}

/** The format of an open document: the editor's language counts where the path does not tell, as before it is saved. */
export function formatOfOpen(path: string, languageId: string): Format {
  const byLanguage = formats.find(({ languageIds }) => languageIds.includes(languageId));
  return readEndings.includes(endingOf(path)) ? formatOf(path) : (byLanguage ?? formatOf(path));
}

/** The ending of a file that is of no kind that is read; undefined where it may hold prose. */
export function unreadEnding(path: string): string | undefined {
  const ending = endingOf(path);
  return UNREAD_ENDINGS.has(ending) ? ending : undefined;
}

const endingOf = (path: string): string => posix.extname(path).slice(1).toLowerCase();
