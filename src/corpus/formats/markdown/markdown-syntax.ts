import { GFM, type MarkdownParser, parser, Subscript, Superscript } from "@lezer/markdown";
import { addresses } from "./addresses.ts";
import { attributes } from "./attributes.ts";
import { deepText } from "./deep-text.ts";
import { fencedDivs } from "./fenced-divs.ts";
import { footnotes } from "./footnotes.ts";
import { headLines } from "./head-fields.ts";
import { icons } from "./icons.ts";
import { logseq } from "./logseq.ts";
import { math } from "./math.ts";
import { blankExpressions, mdxCode } from "./mdx.ts";
import { mkdocs } from "./mkdocs.ts";
import { moduleLines } from "./module-lines.ts";
import { myst } from "./myst.ts";
import { nestedBrackets } from "./nested-brackets.ts";
import { dataview } from "./obsidian/dataview.ts";
import { obsidian } from "./obsidian/obsidian.ts";
import { obsidianTasks } from "./obsidian/obsidian-tasks.ts";
import { pandoc } from "./pandoc.ts";
import { plainWords } from "./plain-words.ts";
import { quarto } from "./quarto.ts";
import { reading } from "./reading.ts";
import { blankTemplateTags, templateTags } from "./template-tags.ts";

/** A Markdown with all its dialects. */
export interface MarkdownSyntax {
  readonly parser: MarkdownParser;
  /** A piece of HTML in it with `filler` where notation stands that HTML does not know. */
  readonly blankInHtml: (html: string, filler: string) => string;
}

const commonMark = {
  // Costs the square of a run of blanks; the walk knows line ends.
  remove: ["HardBreak"],
  props: [
    reading.add({
      Blockquote: "quotation",
      "FencedCode CodeBlock": "code",
      Table: "table",
      LinkReference: "link",
      "SubscriptMark SuperscriptMark HorizontalRule HeaderMark QuoteMark ListMark EmphasisMark StrikethroughMark TaskMarker":
        "mark",
    }),
  ],
};
/** What may stand in any Markdown. What comes first is looked for first. */
const dialects = [
  GFM,
  Subscript,
  Superscript,
  commonMark,
  addresses,
  nestedBrackets,
  footnotes,
  math,
  obsidian,
  obsidianTasks,
  mkdocs,
  myst,
  fencedDivs,
  headLines,
  pandoc,
  logseq,
  dataview,
  attributes,
  icons,
  moduleLines,
];

export const markdownSyntax: MarkdownSyntax = {
  parser: parser.configure([plainWords, deepText, templateTags, ...dialects]),
  blankInHtml: blankTemplateTags,
};

/** Quarto and R Markdown have more within a line, which is text elsewhere. */
export const quartoSyntax: MarkdownSyntax = {
  parser: parser.configure([plainWords, deepText, templateTags, quarto, ...dialects]),
  blankInHtml: blankTemplateTags,
};

/** Braces are expressions in MDX, never tags of templates or attributes. */
export const mdxSyntax: MarkdownSyntax = {
  parser: parser.configure([plainWords, deepText, mdxCode, ...dialects]),
  blankInHtml: blankExpressions,
};
