import type { MarkdownConfig } from "@lezer/markdown";
import { inlinePattern } from "./inline-pattern.ts";
import { reading, shownAs } from "./reading.ts";

/** Kinds of what is referred to (quarto.org, 'Cross References'), with what a reader sees before the number. */
const REFERRED: Readonly<Record<string, string>> = {
  fig: "Figure",
  tbl: "Table",
  eq: "Equation",
  sec: "Section",
  lst: "Listing",
  thm: "Theorem",
  lem: "Lemma",
  cor: "Corollary",
  prp: "Proposition",
  def: "Definition",
  exm: "Example",
  exr: "Exercise",
  nte: "Note",
  tip: "Tip",
  wrn: "Warning",
  imp: "Important",
  cau: "Caution",
  algo: "Algorithm",
};
const REFERENCE = new RegExp(`^@(${Object.keys(REFERRED).join("|")})-[\\w-]*\\w`, "i");

/** What Quarto and R Markdown add: code within a line, references to figures and sources, labels of captions. */
export const quarto: MarkdownConfig = {
  defineNodes: [
    "InlineChunk",
    "ShortMath",
    "CrossReference",
    "CitationKey",
    "SourceList",
    "CaptionLabel",
    "ExampleMark",
    "SlideField",
  ],
  props: [
    reading.add({
      InlineChunk: "code",
      ShortMath: "math",
      "SourceList SlideField": "shortcode",
      "CaptionLabel ExampleMark": "mark",
    }),
    shownAs.add({
      CrossReference: (written) => REFERRED[REFERENCE.exec(written)?.[1]?.toLowerCase() ?? ""] ?? "",
      CitationKey: (written) => written.replace(/[ \t]\[.*$/, "").replace(/^-?@\{?|\}$/g, ""),
    }),
  ],
  parseInline: [
    inlinePattern({
      name: "InlineChunk",
      opens: "`",
      notAfter: /`/,
      pattern: /^`(?:\{(?:r|python|julia|ojs)\}|r|python|julia)[ \t][^`]{1,600}`(?!`)/,
    }),
    // A single letter is math here, where other Markdown may have prices.
    inlinePattern({
      name: "ShortMath",
      opens: "$",
      notAfter: /[\w$\\]/,
      pattern: /^\$(?![\s$])(?:[^$\n\\]|\\.){1,300}(?<!\s)\$(?![\d$])/,
    }),
    inlinePattern({
      name: "SourceList",
      opens: "[",
      pattern: /^\[[^\][@\n]{1,80}[\s;(-]@[\p{L}\p{N}_][^\][\n]{0,300}\](?![([{:])/u,
    }),
    inlinePattern({ name: "CrossReference", opens: "@", notAfter: /[\w.]/, pattern: REFERENCE }),
    inlinePattern({
      name: "CitationKey",
      opens: "@-",
      notAfter: /[\w.]/,
      pattern:
        /^-?@(?:\{[^{}\n]{1,100}\}|[\p{L}\p{N}_](?:[\p{L}\p{N}_:.#$%&+?<>~/-]{0,100}[\p{L}\p{N}_])?)(?:[ \t]\[(?:pp?\.|ch|sec|§|\d)[^\][\n]{0,80}\])?/u,
    }),
    inlinePattern({ name: "CaptionLabel", opens: "(", pattern: /^\((?:ref|\\?#[a-z]+):[\w-]{1,80}\)[ \t]*/ }),
    inlinePattern({ name: "ExampleMark", opens: "(", at: "blockStart", pattern: /^\(@[\w-]{0,60}\)[ \t]+/ }),
    // Of the slides of xaringan.
    inlinePattern({
      name: "SlideField",
      opens: "cbnlt",
      at: "lineStart",
      pattern:
        /^(?:class|background-(?:image|size|position|color)|name|layout|template|count):[ \t][^\n]*(?=\n|$)/,
    }),
  ],
};
