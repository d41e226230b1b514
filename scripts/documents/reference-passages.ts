import { spawnSync } from "node:child_process";
import { extname } from "node:path";
import { readFrontMatter } from "../../src/front-matter/front-matter.ts";

/** A paragraph, item or heading of a document as another program reads it. */
export interface Passage {
  readonly kind: string;
  readonly text: string;
}

const MARKDOWN =
  "gfm-gfm_auto_identifiers+footnotes+tex_math_dollars+definition_lists+fenced_divs+bracketed_spans+attributes";
const READERS: Readonly<Record<string, string>> = {
  ".md": MARKDOWN,
  ".markdown": MARKDOWN,
  ".mdx": MARKDOWN,
  ".qmd": MARKDOWN,
  ".rmd": MARKDOWN,
  ".org": "org",
  ".tex": "latex",
  ".rst": "rst",
  ".html": "html",
  ".xhtml": "html",
  ".ipynb": "ipynb",
};
/** Of pandoc's kinds, those whose words are not the writer's prose. */
const SILENT: ReadonlySet<string> = new Set([
  "CodeBlock",
  "RawBlock",
  "RawInline",
  "BlockQuote",
  "Table",
  "Math",
  "Image",
]);
const PASSAGES: ReadonlySet<string> = new Set(["Para", "Plain", "Header", "LineBlock"]);

/** The passages of prose that pandoc finds in a text, or for plain text its lines that seem to be nobody else's. */
export function referencePassages(source: string, path: string): readonly Passage[] {
  const ending = extname(path).toLowerCase();
  if (ending === ".txt") return plainPassages(source);
  const body = ending === ".ipynb" ? source : source.slice(readFrontMatter(source)?.end ?? 0);
  const isAsciidoc = [".adoc", ".asc", ".asciidoc"].includes(ending);
  const [reader, text] = isAsciidoc
    ? [
        "docbook",
        outputOf("asciidoctor", ["-b", "docbook5", "-a", "skip-front-matter", "-o", "-", "-"], source),
      ]
    : [READERS[ending] ?? MARKDOWN, prepared(body, ending)];
  // DocBook knows no more entities than XML.
  const known = isAsciidoc
    ? text.replace(/&(?!amp;|lt;|gt;|quot;|apos;|#)\w+;/g, " ").replace(/<pre\b[\s\S]*?<\/pre>/g, "")
    : text;
  const parsed: unknown = JSON.parse(outputOf("pandoc", ["-f", reader, "-t", "json"], known));
  const passages: Passage[] = [];
  collect(parsed !== null && typeof parsed === "object" && "blocks" in parsed ? parsed.blocks : [], passages);
  return passages;
}

/** A text for pandoc, without what it knows nothing of. */
function prepared(body: string, ending: string): string {
  if (READERS[ending] === MARKDOWN) return withoutDialects(body);
  if (ending === ".rst")
    return body.replace(/^(?:[A-Z][\w-]+:.*\n(?:[ \t].*\n)*)+/, "").replace(/^.*\{%.*$/gm, "");
  // It knows two words for what is to be done, and no tags behind a headline.
  if (ending === ".org")
    return body.replace(
      /^(\*+[ \t]+)(?:[A-Z]{3,}[ \t]+)?(?:\[#.\][ \t]+)?(.*?)(?:[ \t]+:[\w@:]+:)?[ \t]*$/gm,
      "$1$2",
    );
  return body;
}

function outputOf(program: string, options: readonly string[], input: string): string {
  const { stdout, stderr, error } = spawnSync(program, options, {
    input,
    encoding: "utf8",
    maxBuffer: 400_000_000,
    // A few documents of Org keep pandoc busy for ever.
    timeout: 60_000,
  });
  if (error !== undefined || stdout === "") throw new Error(`${program} gave nothing: ${error ?? stderr}`);
  return stdout;
}

/** Tags of templates that stand around code, math and quotations. */
const PAIRED =
  /\{[{%][<%]?[-~]?\s*(highlight|code_?block|code|comment|math|mermaid|quote|blockquote|pullquote)(?![\w-])[^}]*[%}]\}[\s\S]*?\{[{%][<%]?[-~]?\s*(?:end_?|\/)\s*\1(?![\w-])[^}]*[%}]\}/g;
/** Blocks of Org that outlines have, of which `note` and others hold prose. */
const QUOTING_BLOCK =
  /^([ \t]*(?:[-*][ \t]+)?)#\+begin_(src|example|export|comment|query|quote|verse)\b[\s\S]*?#\+end_\2[ \t]*$/gim;

/** What pandoc knows nothing of: templates, comments, fields, programs, and what outlines mark within Markdown. */
function withoutDialects(text: string): string {
  return text
    .replace(PAIRED, " ")
    .replace(QUOTING_BLOCK, "$1")
    .replace(/^([ \t]*(?:[-*][ \t]+)?)#\+(?:begin|end)_\w+[ \t]*$/gim, "$1")
    .replace(/\{\{[^{}]*\}\}|\{%[^%]*%\}|%%[\s\S]*?%%|<%[\s\S]*?%>/g, " ")
    .replace(/^(?:import|export)\s.*$/gm, "")
    .replace(/^\s*(?:[-*]\s+)?[*_]{0,2}[\p{L}\p{N}_][\w/-]*(?: [\w/-]+){0,3}[*_]{0,2}::(?:\s.*)?$/gmu, "")
    .replace(/\[[\p{L}\p{N}_][\w /-]*:: [^[\]\n]*\]/gu, "")
    .replace(/\([\p{L}\p{N}_][\w /-]*:: ([^()\n]*)\)/gu, "$1")
    .replace(/^(\s*[-*]\s+)(?:TODO|DOING|DONE|LATER|NOW|WAITING|CANCELED)\s+(?:\[#[ABC]\]\s*)?/gm, "$1")
    .replace(/:LOGBOOK:[\s\S]*?:END:|^\s*(?:SCHEDULED|DEADLINE): <[^>\n]*>|\{:[^{}\n]*\}/gm, "")
    .replace(/^(\s*[-*]\s+)(?:#(?:\[\[[^\]\n]*\]\]|[^\s#[\]]+)[ \t]*)+$/gm, "$1")
    .replace(/!\[\[[^\]]*\]\]/g, "")
    .replace(/\]\(\[\[[^\]\n]*\]\]\)/g, "](page)")
    .replace(/\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]/g, "$1")
    .replace(/^(?:!!!|\?\?\?\+?|===)\s.*$/gm, "")
    .replace(/^:::.*$/gm, "");
}

function plainPassages(source: string): readonly Passage[] {
  return source
    .split(/\n\s*\n/)
    .filter((paragraph) => !/^\s*(?:>|--)/.test(paragraph) && !/^[\w-]+: /.test(paragraph))
    .map((text) => ({ kind: "paragraph", text }));
}

function collect(node: unknown, passages: Passage[]): void {
  if (Array.isArray(node)) {
    for (const each of node) collect(each, passages);
    return;
  }
  if (!isElement(node) || SILENT.has(node.t)) return;
  if (!PASSAGES.has(node.t)) {
    collect(node.c, passages);
    return;
  }
  const notes: unknown[] = [];
  const text = wordsIn(node.c, notes);
  if (holdsWords(node.c) && !isOwnWord(text)) passages.push({ kind: node.t, text });
  collect(notes, passages);
}

/** Whether there is a word beside code: a command, an amount or a stamp of time alone is no prose. */
function holdsWords(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(holdsWords);
  if (!isElement(node) || SILENT.has(node.t) || node.t === "Code" || node.t === "Note") return false;
  return typeof node.c === "string" ? /\p{L}/u.test(node.c) : holdsWords(node.c);
}

/** What stands in no source: titles of boxes, the sign below a proof, and Org's time stamps alone. */
function isOwnWord(text: string): boolean {
  return /^(?:Note|Tip|Warning|Important|Caution|Danger|Attention|Hint|Proof\.|◻|\[\d{4}-\d{2}-\d{2}[^\]]*\])$/.test(
    text,
  );
}

function wordsIn(node: unknown, notes: unknown[]): string {
  if (Array.isArray(node)) return node.map((each) => wordsIn(each, notes)).join("");
  if (!isElement(node) || SILENT.has(node.t)) return "";
  switch (node.t) {
    case "Str":
      return typeof node.c === "string" ? node.c : "";
    case "Space":
    case "SoftBreak":
    case "LineBreak":
      return " ";
    case "Code":
      return Array.isArray(node.c) ? String(node.c[1]) : "";
    case "Note":
      notes.push(node.c);
      return "";
    case "Link":
      return linkWords(node.c, notes);
    case "Cite":
      return "";
    default:
      return wordsIn(node.c, notes);
  }
}

/** An address that is shown as it is reads as its host, here as there. */
function linkWords(content: unknown, notes: unknown[]): string {
  if (JSON.stringify(content).includes('"reference-type"')) return "";
  const words = wordsIn(content, notes);
  return /^(?:https?:|mailto:|www\.)\S*$/.test(words) ? "" : words;
}

function isElement(node: unknown): node is { readonly t: string; readonly c?: unknown } {
  return typeof node === "object" && node !== null && "t" in node && typeof node.t === "string";
}
