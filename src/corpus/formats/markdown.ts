import type { Prose } from "../document.ts";
import type { Format } from "./format.ts";
import { type MarkdownSyntax, markdownSyntax, mdxSyntax } from "./markdown/markdown-syntax.ts";
import { MarkdownWalk } from "./markdown/markdown-walk.ts";
import { ProseCollector } from "./prose-collector.ts";

/** Reads Markdown (CommonMark, GFM and the dialects of `markdown/`, with HTML in it) from `bodyStart` on. */
export function readMarkdown(
  source: string,
  bodyStart: number,
  locale: string,
  { parser, blankInHtml }: MarkdownSyntax = markdownSyntax,
): Prose {
  // Front matter is one blank line here, a byte order mark a blank, and each line end is one that the parser knows.
  const body = source
    .slice(bodyStart)
    .replace(/^\uFEFF/, " ")
    .replace(/\r\n/g, " \n")
    .replaceAll("\r", "\n");
  const tree = parser.parse(" ".repeat(bodyStart) + body);
  const collector = new ProseCollector(source, locale);
  new MarkdownWalk(source, tree, collector, blankInHtml).walk();
  return collector.finish();
}

export const markdown: Format = {
  name: "Markdown",
  languageIds: ["markdown"],
  isSearchedFor: true,
  endings: ["md", "markdown", "mdown", "mkd"],
  holdsTags: true,
  read: readMarkdown,
};

export const mdx: Format = {
  ...markdown,
  name: "MDX",
  languageIds: ["mdx"],
  endings: ["mdx"],
  read: (source, bodyStart, locale) => readMarkdown(source, bodyStart, locale, mdxSyntax),
};
