import type { Prose } from "../document.ts";
import { MarkdownProse } from "../live/markdown-prose.ts";
import type { Format } from "./format.ts";
import { headFields, headTagField } from "./markdown/head-fields.ts";
import { type MarkdownSyntax, markdownSyntax, mdxSyntax, quartoSyntax } from "./markdown/markdown-syntax.ts";

/** Reads Markdown (CommonMark, GFM and the dialects of `markdown/`, with HTML in it) from `bodyStart` on. */
export function readMarkdown(
  source: string,
  bodyStart: number,
  locale: string,
  syntax: MarkdownSyntax = markdownSyntax,
): Prose {
  const live = new MarkdownProse(source, bodyStart, locale, syntax);
  while (live.advance());
  return live.prose;
}

/** How a Markdown is read, at one go and while it is edited. */
const readersOf = (syntax: MarkdownSyntax): Pick<Format, "read" | "open"> => ({
  read: (source, bodyStart, locale) => readMarkdown(source, bodyStart, locale, syntax),
  open: (source, bodyStart, locale, former) =>
    new MarkdownProse(
      source,
      bodyStart,
      locale,
      syntax,
      former instanceof MarkdownProse ? former : undefined,
    ),
});

export const markdown: Format = {
  name: "Markdown",
  languageIds: ["markdown"],
  isSearchedFor: true,
  endings: ["md", "markdown", "mdown", "mkd"],
  holdsTags: true,
  tagField: headTagField,
  fields: headFields,
  ...readersOf(markdownSyntax),
};

export const mdx: Format = {
  ...markdown,
  name: "MDX",
  languageIds: ["mdx"],
  endings: ["mdx"],
  ...readersOf(mdxSyntax),
};

export const quarto: Format = {
  ...markdown,
  name: "Quarto",
  languageIds: ["quarto"],
  endings: ["qmd"],
  ...readersOf(quartoSyntax),
};

export const rMarkdown: Format = {
  ...quarto,
  name: "R Markdown",
  languageIds: ["rmd"],
  endings: ["rmd", "rmarkdown"],
};
