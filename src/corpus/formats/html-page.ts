import { decodeHTML } from "entities";
import type { Fields, FieldValue } from "../../front-matter/fields.ts";
import type { OwnTagField } from "../../front-matter/tags/fields/own-tag-field.ts";
import { said } from "../../said/said.ts";
import type { Prose } from "../document.ts";
import type { Format } from "./format.ts";
import { HtmlReader } from "./html.ts";
import { MASK, ProseCollector } from "./prose-collector.ts";
import { lineEndIn, newTagLine, tagLine } from "./tag-line.ts";

/** Where a page says what it is; what comes later is its text. */
const longestPageHead = 100_000;
const META = /<meta\s([^<>]{1,2000})>/gi;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
/** Names of `meta` elements (HTML, Open Graph, Dublin Core), with the fields that they are, in order of trust. */
const META_FIELDS: Readonly<Record<string, string>> = {
  "og:title": "title",
  "dc.title": "title",
  "dcterms.title": "title",
  "article:published_time": "date",
  date: "date",
  "dc.date": "date",
  "dcterms.date": "date",
  "dcterms.created": "date",
  author: "author",
  "dc.creator": "author",
  "dcterms.creator": "author",
  "article:tag": "tags",
  keywords: "keywords",
};
const TEMPLATES = /\{\{[^{}]{0,500}\}\}|\{%[^%{}]{0,500}%\}|\{#[^#{}]{0,500}#\}|<%[^%]{0,2000}%>/g;
const CONTENT = /<(\/?)(main|article)(?=[\s>])[^<>]{0,2000}>/gi;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Reads a page of HTML: its `main`, else its `article`s, else all of it. Placeholders of templates are no text. */
export function readHtmlPage(source: string, bodyStart: number, locale: string): Prose {
  const collector = new ProseCollector(source, locale);
  const masked = source.replace(TEMPLATES, (template) => MASK.repeat(template.length));
  const reader = new HtmlReader(masked, collector, new Set(["footer", "aside"]));
  for (const { start, end } of contentOf(masked, bodyStart)) {
    reader.read(masked.slice(start, end), start);
    reader.closeAll(end);
    collector.endBlock();
  }
  return collector.finish();
}

/** What the head of a page says of it. */
export function htmlFields(source: string, bodyStart = 0): Fields {
  const top = source.slice(bodyStart, bodyStart + longestPageHead).replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  const [head = ""] = top.split(/<\/head\s*>|<body[\s>]/i, 1);
  const found = new Map<string, FieldValue>();
  const note = (name: string, value: string | undefined) => {
    if (value !== undefined && value.trim() !== "")
      found.set(name, decodeHTML(value).replace(/\s+/g, " ").trim());
  };
  note("lang", attributesOf(/<html\s([^>]{1,2000})>/i.exec(top)?.[1] ?? "").get("lang"));
  note("date", /<time\s[^>]{0,500}?datetime\s*=\s*["']([^"']{4,40})["']/i.exec(top)?.[1]);
  note("title", /<title[^>]{0,200}>([^<]{1,1000})/i.exec(head)?.[1]);
  const metas = Array.from(head.matchAll(META), ([, text = ""]) => attributesOf(text));
  for (const [meta, field] of Object.entries(META_FIELDS).reverse()) {
    const contents = metas
      .filter((each) => (each.get("property") ?? each.get("name"))?.toLowerCase() === meta)
      .map((each) => decodeHTML(each.get("content") ?? "").trim())
      .filter((content) => content !== "");
    if (contents.length > 0) found.set(field, contents.length === 1 ? contents[0]! : contents);
  }
  return found;
}

const KEYWORDS =
  /<meta\s(?=[^<>]{0,2000}\bname\s*=\s*["']?keywords\b)[^<>]{0,2000}?\bcontent\s*=\s*("[^"]*"|'[^']*')/i;

/** `<meta name="keywords" content="a, b">`; a new one follows the title. */
export function htmlTagField(source: string): OwnTagField | undefined {
  const top = source.slice(0, longestPageHead);
  const end = top.search(/<\/head\s*>|<body[\s>]/i);
  const head = top
    .slice(0, end < 0 ? top.length : end)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => " ".repeat(comment.length));
  const found = KEYWORDS.exec(head);
  if (found !== null) {
    const to = found.index + found[0].length - 1;
    const start = to - (found[1]?.length ?? 2) + 2;
    return { ...tagLine(source, { start, end: to }, "", writtenInHtml), plain: decodeHTML };
  }
  const title = /([ \t]*)<title[^>]{0,200}>[^<]{0,1000}<\/title\s*>/i.exec(head);
  if (title === null) return undefined;
  const field = (value: string) =>
    `${lineEndIn(source)}${title[1] ?? ""}<meta name="keywords" content="${value}">`;
  return newTagLine(title.index + title[0].length, field, writtenInHtml);
}

const writtenInHtml = (tag: string): string | undefined =>
  /[,;]/.test(tag)
    ? undefined
    : tag
        .replace(/&/g, "&amp;")
        .replace(/"/g, "&quot;")
        .replace(/'/g, "&#39;")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;");

export const htmlPage: Format = {
  name: "HTML",
  endings: ["html", "htm", "xhtml"],
  languageIds: [],
  isSearchedFor: false,
  holdsTags: false,
  tagsByHand: said('Write them into its head, as <meta name="keywords" content="garden, rain">.'),
  tagField: htmlTagField,
  read: readHtmlPage,
  fields: htmlFields,
};

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(text.matchAll(ATTRIBUTE), ([, name = "", double, single, bare]) => [
      name.toLowerCase(),
      double ?? single ?? bare ?? "",
    ]),
  );
}

/** The stretches that hold what a page is about; all of it from `bodyStart` on where it marks none. */
function contentOf(source: string, bodyStart: number): readonly Stretch[] {
  for (const name of ["main", "article"]) {
    const stretches = outermost(source, bodyStart, name);
    if (stretches.length > 0) return stretches;
  }
  return [{ start: bodyStart, end: source.length }];
}

/** The outermost elements of a name that are closed. */
function outermost(source: string, bodyStart: number, name: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let depth = 0;
  let start = bodyStart;
  CONTENT.lastIndex = bodyStart;
  for (let match = CONTENT.exec(source); match !== null; match = CONTENT.exec(source)) {
    if (match[2]?.toLowerCase() !== name) continue;
    if (match[1] === "") {
      if (depth === 0) start = match.index;
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) found.push({ start, end: CONTENT.lastIndex });
    }
  }
  return found;
}
