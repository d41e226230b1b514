import { Tokenizer } from "htmlparser2";
import type { PartKind } from "../document.ts";
import type { Opening, ProseCollector } from "./prose-collector.ts";

/** Elements whose content is not the writer's prose, with what it is. */
const MUTED: ReadonlyMap<string, PartKind> = new Map([
  ["blockquote", "quotation"],
  ["pre", "code"],
  ["table", "table"],
  ["figure", "image"],
  ["svg", "image"],
  ["math", "math"],
  ...["script", "style", "iframe", "object", "video", "audio", "canvas", "noscript", "template"].map(
    (name) => [name, "html"] as const,
  ),
  ...["form", "select", "textarea", "button", "head", "nav"].map((name) => [name, "html"] as const),
]);

const INLINE_PARTS: ReadonlyMap<string, PartKind> = new Map([
  ["a", "link"],
  ["code", "code"],
  ["kbd", "code"],
  ["samp", "code"],
]);

const BLOCKS: ReadonlySet<string> = new Set(
  "address article aside body center dd details div dl dt fieldset footer header hr html li main menu ol p section summary ul".split(
    " ",
  ),
);

const VOID: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);

/** An element whose content is left out, and which is not closed yet. */
export interface Muted {
  readonly name: string;
  readonly kind: PartKind;
  readonly start: number;
  depth: number;
}

const nothingSurrounding: ReadonlySet<string> = new Set();

/**
 * Reads the HTML in a document, fragment by fragment in order: Markdown hands over the stretches that
 * are HTML, and what a fragment opens stays open for the text between it and the next. Tolerant like a
 * browser: unknown and unclosed elements are passed over.
 */
export class HtmlReader {
  readonly #source: string;
  readonly #collector: ProseCollector;
  /** Where each element is closed next, seen from where that was asked last; made when it is, as few texts hold HTML. */
  #closings: Map<string, number> | undefined;
  readonly #surrounding: ReadonlySet<string>;
  readonly #isClosedBehind: (name: string) => boolean;
  readonly #open: { name: string; opening: Opening }[] = [];
  /** How many elements of a name are open, so that a closing tag of none is passed over at once. */
  #openByName: Map<string, number> | undefined;
  #muted: Muted | undefined;

  /**
   * @param surrounding further elements that are no prose: what stands around the text of a whole page
   * @param isClosedBehind whether an element is closed behind `source`, where that is a piece of a text
   */
  constructor(
    source: string,
    collector: ProseCollector,
    surrounding: ReadonlySet<string> = nothingSurrounding,
    isClosedBehind: (name: string) => boolean = () => false,
  ) {
    this.#source = source;
    this.#collector = collector;
    this.#surrounding = surrounding;
    this.#isClosedBehind = isClosedBehind;
  }

  /** What is left out at the end of what was read so far. */
  get muted(): Muted | undefined {
    return this.#muted;
  }

  /** Goes on in an element that the piece of the text before has left open. */
  resume(muted: Muted): void {
    this.#collector.mute();
    this.#muted = { ...muted };
  }

  /** Reads a fragment that stands at `start` in the document. */
  read(html: string, start: number): void {
    const lastCommentEnd = html.lastIndexOf("-->");
    let at = this.#muted === undefined ? this.#readWords(html, 0, start) : 0;
    while (at !== undefined && this.#muted !== undefined) {
      const closing = endOfMuted(this.#muted, html, at, lastCommentEnd);
      if (closing === undefined) break;
      this.#unmute(start + closing);
      at = this.#readWords(html, closing, start);
    }
    const end = start + html.length;
    const isOpenedHere = (this.#muted?.start ?? -1) >= start;
    // Without a closing tag only the fragment is left out, not the rest of the document.
    if (this.#muted !== undefined && isOpenedHere && !this.#isClosed(this.#muted.name, end))
      this.#unmute(end);
  }

  /** A comment is open over a blank line, at which CommonMark ends the fragment: it ends where a text behind says so. */
  #openComment(start: number, fragmentEnd: number): void {
    if (!this.#isClosed(COMMENT, fragmentEnd)) return;
    this.#collector.mute();
    this.#muted = { name: COMMENT, kind: "html", start, depth: 1 };
  }

  /** At the end of a block of words: a comment ends with the one that has its last sign. */
  endComment(): void {
    if (this.#muted?.name !== COMMENT) return;
    if (this.#source.includes("-->", Math.max(0, this.#muted.start))) this.#unmute(this.#source.length);
  }

  /** Reads a fragment from a place on, up to where an element begins that is left out; gives the place behind its tag. */
  #readWords(html: string, from: number, fragmentStart: number): number | undefined {
    const written = html.slice(from);
    const start = fragmentStart + from;
    let tagName = "";
    let tagStart = start;
    let textEnd = start;
    let mutedAt: number | undefined;
    const passOver = () => undefined;
    const tokenizer = new Tokenizer(
      { decodeEntities: true },
      {
        onopentagname: (from, to) => {
          tagStart = start + from - 1;
          tagName = written.slice(from, to).toLowerCase();
        },
        onopentagend: (to) => {
          textEnd = start + to + 1;
          this.#openTag(tagName, tagStart, textEnd);
          if (this.#muted === undefined) return;
          mutedAt = textEnd - fragmentStart;
          tokenizer.pause();
        },
        onselfclosingtag: (to) => {
          textEnd = start + to + 1;
          if (VOID.has(tagName)) this.#openTag(tagName, tagStart, textEnd);
        },
        onclosetag: (from, to) => {
          const close = written.indexOf(">", to);
          textEnd = close === -1 ? start + written.length : start + close + 1;
          this.#closeTag(written.slice(from, to).toLowerCase(), textEnd);
        },
        ontext: (from, to) => {
          textEnd = start + to;
          this.#collector.addVerbatim(written.slice(from, to), start + from);
        },
        ontextentity: (codePoint, to) => {
          this.#collector.addReplaced(String.fromCodePoint(codePoint), textEnd, start + to);
          textEnd = start + to;
        },
        oncomment: (first, to) => {
          textEnd = start + to + 1;
          const isOpen = written.endsWith("<!--", first) && !written.includes("-->", first - 2);
          if (isOpen) this.#openComment(start + first - 4, start + written.length);
        },
        onattribdata: passOver,
        onattribentity: passOver,
        onattribend: passOver,
        onattribname: passOver,
        oncdata: passOver,
        ondeclaration: passOver,
        onprocessinginstruction: passOver,
        onend: passOver,
      },
    );
    tokenizer.write(written);
    if (mutedAt === undefined) tokenizer.end();
    return mutedAt;
  }

  /** Whatever is still open ends here: at a heading, and at the end of the document. */
  closeAll(end: number): void {
    this.#open.length = 0;
    this.#openByName?.clear();
    if (this.#muted !== undefined) this.#unmute(end);
  }

  #openTag(name: string, start: number, end: number): void {
    const kind = this.#surrounding.has(name) ? "html" : MUTED.get(name);
    const level = headingLevel(name);
    if (kind !== undefined) {
      this.#mute(name, kind, start);
    } else if (level !== undefined || BLOCKS.has(name)) {
      this.#collector.beginBlock(level);
    } else if (name === "br") {
      this.#collector.addLineBreak(start, end);
    } else if (name === "img") {
      this.#collector.addPart("image", start, end);
    } else if (!VOID.has(name)) {
      this.#open.push({ name, opening: this.#collector.openWrap(start) });
      this.#countOpen(name, 1);
    }
  }

  #closeTag(name: string, end: number): void {
    if (headingLevel(name) !== undefined || BLOCKS.has(name)) {
      this.#collector.beginBlock();
    } else {
      this.#closeInline(name, end);
    }
  }

  #closeInline(name: string, end: number): void {
    const opening = this.#takeOpen(name);
    if (opening === undefined) return;
    const kind = INLINE_PARTS.get(name);
    this.#collector.closeWrap(opening, end, kind === "code" ? "verbatim" : "words");
    if (kind !== undefined) this.#collector.addPart(kind, opening.start, end);
  }

  /** Takes the innermost open element of a name away, with all that is open inside of it. */
  #takeOpen(name: string): Opening | undefined {
    if ((this.#openByName?.get(name) ?? 0) === 0) return undefined;
    for (let element = this.#open.pop(); element !== undefined; element = this.#open.pop()) {
      this.#countOpen(element.name, -1);
      if (element.name === name) return element.opening;
    }
    return undefined;
  }

  #countOpen(name: string, more: number): void {
    this.#openByName ??= new Map();
    this.#openByName.set(name, (this.#openByName.get(name) ?? 0) + more);
  }

  #mute(name: string, kind: PartKind, start: number): void {
    if (kind === "quotation" || kind === "code" || kind === "table") this.#collector.endBlock();
    this.#collector.mute();
    this.#muted = { name, kind, start, depth: 1 };
  }

  #isClosed(name: string, start: number): boolean {
    this.#closings ??= new Map();
    const known = this.#closings.get(name) ?? -1;
    if (known >= start) return Number.isFinite(known) || this.#isClosedBehind(name);
    const closing = closingOf(name);
    closing.lastIndex = start;
    const next = closing.exec(this.#source)?.index ?? Number.POSITIVE_INFINITY;
    this.#closings.set(name, next);
    return Number.isFinite(next) || this.#isClosedBehind(name);
  }

  #unmute(end: number): void {
    const muted = this.#muted;
    if (muted === undefined) return;
    this.#muted = undefined;
    this.#collector.unmute();
    this.#collector.addPart(muted.kind, muted.start, end);
  }
}

/**
 * Where an element that is left out ends in a fragment, seen from a place in it; undefined where it goes on. What stands
 * in comments closes nothing. One that nothing ends is none: in CommonMark a block of `<pre>` ends with the closing tag.
 * @param lastCommentEnd of the fragment; below 0: none
 */
function endOfMuted(muted: Muted, html: string, from: number, lastCommentEnd: number): number | undefined {
  if (muted.name === COMMENT) return lastCommentEnd < from ? undefined : html.indexOf("-->", from) + 3;
  const pattern = tagsOf(muted.name);
  pattern.lastIndex = from;
  for (let found = pattern.exec(html); found !== null; found = pattern.exec(html)) {
    const { 0: written, index } = found;
    if (written === "<!--") {
      // `<!-->` is a whole comment.
      if (index + 2 <= lastCommentEnd) pattern.lastIndex = html.indexOf("-->", index + 2) + 3;
      continue;
    }
    muted.depth += written.startsWith("</") ? -1 : 1;
    if (muted.depth > 0) continue;
    const close = html.indexOf(">", index);
    return close < 0 ? html.length : close + 1;
  }
  return undefined;
}

/** As the name of an element that is left out. */
const COMMENT = "!--";

/** Finds where an element or a comment ends. */
export function closingOf(name: string): RegExp {
  return name === COMMENT ? /-->/g : new RegExp(`</${name}[\\s>]`, "gi");
}

/** Elements that hold neither elements nor comments. */
const RAW: ReadonlySet<string> = new Set(["script", "style", "textarea"]);

const tagPatterns = new Map<string, RegExp>();

/** The tags of a name, and the beginnings of comments. */
function tagsOf(name: string): RegExp {
  const known = tagPatterns.get(name);
  if (known !== undefined) return known;
  const pattern = new RegExp(RAW.has(name) ? `</${name}(?=[\\s>/])` : `<!--|</?${name}(?=[\\s>/])`, "gi");
  tagPatterns.set(name, pattern);
  return pattern;
}

function headingLevel(name: string): number | undefined {
  const level = /^h([1-6])$/.exec(name)?.[1];
  return level === undefined ? undefined : Number(level);
}
