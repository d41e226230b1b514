import type { Fields, FieldValue } from "../../front-matter/fields.ts";
import type { OwnTagField } from "../../front-matter/tags/fields/own-tag-field.ts";
import { said } from "../../said/said.ts";
import type { PartKind } from "../document.ts";
import { type PieceReader, readInSteps } from "../live/stepped-prose.ts";
import type { Format } from "./format.ts";
import { bareAddress, hostOf, type InlineMark, InlineReader, longestInline } from "./inline-reader.ts";
import { endsLongParagraph } from "./long-paragraphs.ts";
import type { ProseCollector } from "./prose-collector.ts";
import { type SourceLine, SourceLines, sourceLines, textStart } from "./source-lines.ts";
import { lineEndIn, newTagLine, tagLine } from "./tag-line.ts";

const HEADLINE =
  /^(\*+)\s+(?:([A-Z][A-Z_-]{2,})\s+)?(?:\[#[A-Z0-9]\]\s+)?(.*?)(?:[ \t]{1,200}(:[\p{L}\p{N}_@#%:]{1,300}:))?$/u;
/** Words that mark what is to be done, as Org has them and as people set them. */
const TODO_WORDS: ReadonlySet<string> = new Set(
  "TODO DONE NEXT WAITING WAIT HOLD CANCELLED CANCELED STARTED SOMEDAY MAYBE PROJ PROJECT IDEA DOING LATER NOW DRAFT INPROGRESS IN-PROGRESS DELEGATED REVIEW KILL STRT LOOP".split(
    " ",
  ),
);
/** A tree that is not shown (orgmode.org/manual, 'Comment Lines'). */
const HIDDEN_TREE = /^(\*+)\s+(?:([A-Z][A-Z_-]{2,})\s+)?COMMENT(?=\s|$)/;
const KEYWORD = /^\s*#\+([\w-]+)(?:\[[^\]]*\])?:\s*(.*)$/;
const BLOCK_BEGIN = /^\s*#\+begin_(\S+)/i;
const DRAWER = /^\s*:[\w-]+:\s*$/;
const BLOCK_ID = /^\s*:id:\s+[\da-f-]{36}\s*$/i;
const PROPERTY = /^\s*:([\w-]+):\s+(.*)$/;
const PLANNING = /^\s*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):/;
const ITEM =
  /^(\s*)(?:[-+]|\d{1,4}[.)]|[A-Za-z][.)]|\s\*)(?:\s+|$)(?:\[@\d+\]\s*)?(?:\[[ xX-]\]\s+)?(?:.{1,200}?\s::(?:\s|$))?/;
const TERM = /\s::(?:\s|$)$/;
const FOOTNOTE = /^\[fn:[\w-]+\]\s*/;
const LATEX_BEGIN = /^\s*\\begin\{([a-zA-Z*]{1,30})\}/;
/** Blocks whose lines are not the writer's prose. All others, such as `center` or `note`, hold prose. */
const BLOCK_KINDS: Readonly<Record<string, PartKind>> = {
  src: "code",
  example: "code",
  export: "code",
  comment: "html",
  quote: "quotation",
  verse: "quotation",
};
const FIELD_KEYWORDS: Readonly<Record<string, string>> = {
  title: "title",
  date: "date",
  author: "author",
  language: "lang",
  filetags: "tags",
  keywords: "keywords",
  tags: "tags",
  hugo_tags: "tags",
  hugo_categories: "categories",
  category: "category",
};

const emphasis = (sign: string): InlineMark => ({
  pattern: new RegExp(
    `(?<=^|[\\s\\-–—({'"“‘[/*_+~=,.:;]|[\\u3000-\\u9fff])\\${sign}(?=\\S)(?<words>[^\\${sign}]{0,500}[^\\s\\${sign}])\\${sign}(?=$|[\\s\\-–—.,:!?;'")}\\]\\\\/*_+~=”’…])`,
    "my",
  ),
});
const verbatim = (sign: string): InlineMark => ({
  pattern: new RegExp(
    `(?<=^|[\\s\\-–—({'"“‘[/*_+])\\${sign}(?=\\S)(?<code>[^\\${sign}\\n]{0,500}(?:\\n[^\\${sign}\\n]{0,500})?[^\\s\\${sign}])\\${sign}(?=$|[\\s\\-–—.,:!?;'")}\\]\\\\/*_+s’])`,
    "my",
  ),
  kind: "code",
});

const MARKS: Readonly<Record<string, readonly InlineMark[]>> = {
  "[": [
    {
      pattern:
        /\[\[[^\][]{1,2000}\]\[\s*(?:file:|\.{0,2}\/)?[^\][]{1,500}\.(?:png|jpe?g|gif|svg|webp)\s*\]\]/iy,
      kind: "image",
    },
    { pattern: /\[\[[^\][]{1,2000}\]\[(?<words>(?:[^\][]|\[(?!\[)|\](?!\])){1,1000})\]\]/y, kind: "link" },
    { pattern: /\[\[[^\][]{1,2000}\.(?:png|jpe?g|gif|svg|webp|pdf|mp4)\]\]/iy, kind: "image" },
    { pattern: /\[\[[^\][]{1,2000}\]\]/y, shown: ([link]) => shownTarget(link.slice(2, -2)), kind: "link" },
    { pattern: /\[fn:[\w-]{1,60}\]/y },
    {
      pattern: /\[fn:[\w-]{0,60}:(?<note>(?:[^\][]|\[\[[^\][]{1,500}\](?:\[[^\][]{1,500}\])?\]){1,2000})\]/y,
    },
    { pattern: /\[cite[^\][:]{0,40}:[^\][]{1,1000}\]/y },
    { pattern: /\[\d{4}-\d{2}-\d{2}[^\]\n]{0,60}\](?:--\[[^\]\n]{0,60}\])?/y },
    { pattern: /\[\d{1,3}(?:\/\d{1,3}|%)\]/y },
  ],
  "<": [
    { pattern: /<<<?[^<>\n]{1,200}>?>>/y },
    { pattern: /<\d{4}-\d{2}-\d{2}[^>\n]{0,60}>(?:--<[^>\n]{0,60}>)?/y },
    {
      pattern: /<(?:https?|mailto):[^<>\s]{1,2000}>/y,
      shown: ([link]) => hostOf(link.slice(1, -1)),
      kind: "link",
    },
  ],
  "*": [emphasis("*")],
  "/": [emphasis("/")],
  _: [emphasis("_"), { pattern: /(?<=\S)_\{(?<words>[^{}\n]{1,60}(?:\{[^{}\n]{1,20}\})?)\}/y }],
  "^": [{ pattern: /(?<=\S)\^\{(?<words>[^{}\n]{1,60})\}/y }],
  "+": [emphasis("+")],
  "=": [verbatim("=")],
  "~": [verbatim("~")],
  "@": [{ pattern: /@@[a-z]{1,20}:[^@\n]{0,500}@@/y, kind: "html" }],
  // Of Logseq, which keeps outlines in Org too: what it puts in, and ids of blocks.
  "{": [{ pattern: /\{\{\{?[^{}\n]{1,300}\}\}\}?/y, kind: "shortcode" }],
  "(": [{ pattern: /\(\([\da-f]{8}(?:-[\da-f]{4,12}){4}\)\)/y, kind: "shortcode" }],
  "\\": [
    { pattern: /\\\([^\n]{0,500}?\\\)/y, closing: "\\)", kind: "math" },
    { pattern: /\\\[[\s\S]{0,2000}?\\\]/y, closing: "\\]", kind: "math" },
    { pattern: /\\\\(?=\s)/y },
  ],
  $: [
    { pattern: /\$\$[^$]{1,2000}\$\$/y, kind: "math" },
    {
      pattern: /(?<![A-Za-z_$])\$[^\s$.,;](?:[^$\n]{0,300}[^\s$.,;])?\$(?=$|[\s\-.,;:!?'")\]])/my,
      kind: "math",
    },
  ],
  s: [
    {
      pattern: /(?<![\p{L}\p{N}])src_[a-z]{1,20}(?:\[[^\]\n]{0,200}\])?\{(?<code>[^}\n]{1,300})\}/uy,
      kind: "code",
    },
  ],
  hf: [bareAddress],
};

/** Keywords before the first headline (`#+title:`), and the properties of the file. */
export function orgFields(source: string, bodyStart: number): Fields {
  const fields = new Map<string, FieldValue>();
  for (const { text } of sourceLines(source.slice(0, bodyStart + 50_000), bodyStart)) {
    if (/^\*+\s/.test(text)) break;
    const [, name = "", value = ""] = KEYWORD.exec(text.trimEnd()) ?? PROPERTY.exec(text.trimEnd()) ?? [];
    const field = FIELD_KEYWORDS[name.toLowerCase()];
    if (field === undefined || value === "") {
      if (/^(?:id|lang|idiolect|created)$/i.test(name) && value !== "") fields.set(name.toLowerCase(), value);
      continue;
    }
    const known = fields.get(field);
    if (field === "tags" || field === "categories") {
      fields.set(field, [...(Array.isArray(known) ? known : []), ...orgTags(value)]);
    } else if (field === "date") {
      fields.set(field, value.replace(/^[<[]|[>\]].*$/g, "").replace(/\s+\p{L}{2,4}\.?(?=\s|$)/u, ""));
    } else {
      fields.set(field, known === undefined || field !== "title" ? value : `${String(known)} ${value}`);
    }
  }
  return fields;
}

/** Org's tags hold letters, digits and few signs; Hugo's may be several words, in quotation marks. */
const writtenOrgTag = (tag: string) => (/^[\p{L}\p{M}\p{N}_@#%]+$/u.test(tag) ? tag : undefined);
const writtenWords = (tag: string) =>
  /["\s]/.test(tag) ? (tag.includes('"') ? undefined : `"${tag}"`) : tag;
const TAG_KEYWORDS = ["filetags", "tags", "hugo_tags", "keywords"];

/** `#+filetags: :a:b:` and what else its head has for tags; a new one follows the last keyword there. */
export function orgTagField(source: string): OwnTagField {
  const head: SourceLine[] = [];
  for (const line of sourceLines(source.slice(0, 50_000), 0)) {
    if (!/^\s*(?:#|:[\w-]+:|$)/.test(line.text)) break;
    head.push(line);
  }
  const named = (name: string) => head.find(({ text }) => KEYWORD.exec(text)?.[1]?.toLowerCase() === name);
  const line = TAG_KEYWORDS.map(named).find((found) => found !== undefined);
  if (line === undefined) {
    const newLine = lineEndIn(source);
    const last = head.findLast(({ text }) => KEYWORD.test(text) || /^\s*:END:/i.test(text));
    const isAtEnd = last !== undefined && last.end >= source.length;
    const at =
      last === undefined ? (head[0]?.start ?? 0) : Math.min(source.length, last.end + newLine.length);
    const field = (value: string) => `${isAtEnd ? newLine : ""}#+filetags: ${value}${newLine}`;
    return { ...newTagLine(at, field, writtenOrgTag), separator: ":", whole: (tags) => `:${tags}:` };
  }
  const name = line.text.indexOf(":", line.text.indexOf("+")) + 1;
  const value = { start: line.start + name, end: line.end };
  const text = source.slice(value.start, value.end);
  const [, open = "", inner = ""] = /^([ \t]*:)(.*?):?[ \t]*$/.exec(text) ?? [];
  if (open !== "") {
    const start = value.start + open.length;
    const isClosed = /:[ \t]*$/.test(text.slice(open.length));
    const whole = (tags: string) => (isClosed ? tags : `${tags}:`);
    return { ...colons(""), whole, value: { start, end: start + inner.length } };
  }
  const plain = tagLine(source, value);
  if (/[,;]/.test(text) || /^\s*#\+keywords/i.test(line.text)) return plain;
  const isHugo = /^\s*#\+hugo_tags/i.test(line.text);
  if (text.trim() === "" && !isHugo) return { ...colons(text === "" ? " " : ""), value: plain.value };
  return { ...plain, separator: "", written: isHugo ? writtenWords : writtenOrgTag };
}

const colons = (lead: string): Omit<OwnTagField, "value"> => ({
  separator: ":",
  whole: (tags) => `${lead}:${tags}:`,
  added: undefined,
  written: writtenOrgTag,
});

export const org: Format = {
  name: "Org",
  endings: ["org"],
  languageIds: ["org"],
  isSearchedFor: true,
  holdsTags: false,
  tagsByHand: said("Write them on a line at its top, as #+filetags: :garden:rain:."),
  tagField: orgTagField,
  ...readInSteps({
    extent: (source, bodyStart) => ({ start: textStart(source, bodyStart), end: source.length }),
    reader: (source, _, { at }, collector) => new OrgReader(source, at, collector),
    lookAhead: longestInline,
  }),
  fields: orgFields,
};

/** `:a:b:`, `a b` and `a, b`; Hugo's with spaces stand in quotation marks. */
function orgTags(value: string): readonly string[] {
  if (value.startsWith(":")) return value.split(":").filter((tag) => tag.trim() !== "");
  if (value.includes(","))
    return value
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
  return Array.from(value.matchAll(/"([^"]+)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? "");
}

const itemOf = (text: string): string | undefined => ITEM.exec(text)?.[0] ?? FOOTNOTE.exec(text)?.[0];

function shownTarget(target: string): string {
  if (/^[a-z]+:\/\//i.test(target)) return hostOf(target);
  return target.replace(/^(?:\*|#|file:|id:|mailto:|attachment:|fuzzy:|roam:)/, "").replace(/::.*$/, "");
}

/** Reads Org: headlines, paragraphs and list items; drawers, blocks of code, quotations and tables are left out. */
class OrgReader implements PieceReader {
  readonly #collector: ProseCollector;
  readonly #inline: InlineReader;
  readonly #lines: SourceLines;
  #pending: { readonly start: number; readonly end: number } | undefined;
  /** Up to which line a block's last line was looked for in vain, so that it is looked for once. */
  readonly #noneBefore = new Map<string, { readonly line: number; readonly look: number }>();
  #at = 0;
  readonly state = "";

  constructor(source: string, start: number, collector: ProseCollector) {
    this.#collector = collector;
    this.#inline = new InlineReader(source, this.#collector, MARKS);
    this.#lines = new SourceLines(source, start);
  }

  get isAtRest(): boolean {
    return this.#pending === undefined && !this.#collector.isOpen && !this.#inline.hasNotes;
  }

  takeLook(): number {
    return this.#lines.takeLook();
  }

  *read(): Generator<number, void> {
    for (let line = this.#lines.at(0); line !== undefined; line = this.#lines.at(this.#at)) {
      if (!this.isAtRest && itemOf(line.text) !== undefined) {
        this.#endParagraph();
        yield line.start;
      }
      if (!this.#skipBlock(line) && !this.#headline(line)) this.#textLine(line);
      this.#at += 1;
      yield this.#lines.startOf(this.#at);
    }
    this.#endParagraph();
  }

  /** Blocks, drawers and lines that are no prose; `#at` is at their last line afterwards. */
  #skipBlock(line: SourceLine): boolean {
    if (this.#skipHiddenTree(line)) return true;
    const block = BLOCK_BEGIN.exec(line.text)?.[1]?.toLowerCase();
    const kind = block === undefined ? undefined : BLOCK_KINDS[block];
    if (block !== undefined && kind !== undefined) {
      const end = `#+end_${block}`;
      return this.#skipTo(end, kind) || this.#skipLine(line, kind);
    }
    if (DRAWER.test(line.text))
      return this.#skipTo(":end:", "html", /^\*+\s/) || this.#skipLine(line, "html");
    const environment = LATEX_BEGIN.exec(line.text)?.[1];
    if (environment !== undefined) {
      return this.#skipTo(`\\end{${environment}}`.toLowerCase(), "math", /^\s*$/);
    }
    if (BLOCK_ID.test(line.text)) return this.#skipLine(line, "html");
    if (/^\s*\|/.test(line.text)) return this.#skipLine(line, "table");
    if (/^\s*:(?:\s|$)/.test(line.text)) return this.#skipLine(line, "code");
    if (/^\s*#(?:\s|$|\+)/.test(line.text) || PLANNING.test(line.text) || /^\s*-{5,}\s*$/.test(line.text)) {
      return this.#skipLine(line, "html");
    }
    if (line.text.trim() === "") this.#endParagraph();
    return line.text.trim() === "";
  }

  #skipLine({ start, text }: SourceLine, kind: PartKind): true {
    if (/^\s*#\s/.test(text)) this.#readPending();
    else this.#endParagraph();
    this.#at = this.#lines.lastPartOf(this.#at);
    this.#collector.addPart(kind, start, this.#lines.at(this.#at)!.end);
    return true;
  }

  /**
   * @param last how the last line begins, in small letters
   * @returns whether such a line comes before one that no such block may hold
   */
  #skipTo(last: string, kind: PartKind, never?: RegExp): boolean {
    const from = this.#lines.at(this.#at)!;
    const none = this.#noneBefore.get(last);
    if (none !== undefined && none.line > this.#at) {
      this.#lines.look(none.look);
      return false;
    }
    let at = this.#at;
    for (let line = this.#lines.at(at); line !== undefined; line = this.#lines.at(++at)) {
      const { text, end } = line;
      if (at > this.#at && never?.test(text)) break;
      if (!text.trim().toLowerCase().startsWith(last)) continue;
      this.#endParagraph();
      this.#collector.addPart(kind, from.start, end);
      this.#at = at;
      return true;
    }
    this.#noneBefore.set(last, { line: at, look: this.#lines.at(at)?.end ?? Number.POSITIVE_INFINITY });
    return false;
  }

  /** Up to the next headline of its level, or one above. */
  #skipHiddenTree({ text, start, end: firstEnd }: SourceLine): boolean {
    const [, stars, word = ""] = HIDDEN_TREE.exec(text) ?? [];
    if (stars === undefined || (word !== "" && !TODO_WORDS.has(word))) return false;
    this.#endParagraph();
    let end = firstEnd;
    const isBelow = (line: SourceLine) =>
      !((/^(\*+)\s/.exec(line.text)?.[1]?.length ?? Infinity) <= stars.length);
    for (let next = this.#lines.at(this.#at + 1); next !== undefined && isBelow(next); ) {
      end = next.end;
      this.#at += 1;
      next = this.#lines.at(this.#at + 1);
    }
    this.#collector.addPart("html", start, end);
    return true;
  }

  #headline({ text, start }: SourceLine): boolean {
    const match = HEADLINE.exec(text.trimEnd());
    if (match === null) return false;
    const [, stars = "", word = "", rest = ""] = match;
    const title = TODO_WORDS.has(word) || word === "" ? rest : `${word} ${rest}`;
    const from = start + text.indexOf(word === "" || TODO_WORDS.has(word) ? rest : word, stars.length);
    this.#endParagraph();
    this.#collector.beginBlock(Math.min(stars.length, 6));
    if (rest !== "" || word !== "")
      this.#inline.read(from, Math.min(from + title.length, start + text.length));
    this.#endParagraph();
    return true;
  }

  #textLine({ text, start, end, isCut }: SourceLine): void {
    const item = itemOf(text);
    if (item !== undefined) {
      this.#endParagraph();
      if (TERM.test(item)) {
        const term = item.replace(/^\s*\S+\s+(?:\[[ xX-]\]\s+)?/, "").length;
        this.#inline.read(start + item.length - term, start + item.trimEnd().length - 2);
        this.#collector.endBlock();
      }
    }
    const from = this.#pending?.start ?? start + (item?.length ?? 0);
    this.#pending = { start: from, end };
    if (isCut || endsLongParagraph(end - from, text)) this.#endParagraph();
  }

  /** Lines that follow one another are read together, as emphasis and links go over their ends. */
  #readPending(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return;
    this.#inline.read(pending.start, pending.end);
    this.#collector.addReplaced(" ", pending.end, pending.end);
  }

  #endParagraph(): void {
    this.#readPending();
    this.#collector.endBlock();
    this.#inline.readNotes();
  }
}
