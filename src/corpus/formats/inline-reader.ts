import type { PartKind } from "../document.ts";
import { middlesOfRuns } from "./long-runs.ts";
import type { ProseCollector } from "./prose-collector.ts";

/** A notation within a paragraph. */
export interface InlineMark {
  /**
   * Sticky. A group called `words` is read on, one called `code` is taken as it stands, and one called `note` is kept
   * for a paragraph of its own; what stands around them, and all of a notation without any, is no text. It should end
   * within some hundred characters.
   */
  readonly pattern: RegExp;
  /** What it ends with, where it may go on for long without: it is not looked for where that does not come. */
  readonly closing?: string;
  /** What a reader sees in its place, where that does not stand in the source as it reads. */
  readonly shown?: (match: RegExpExecArray) => string;
  /** What is marked as a part: of notations with words, what stands before and behind them. */
  readonly kind?: PartKind;
}

/** No notation within a paragraph is longer. */
export const longestInline = 2_200;

/** Emphasis within emphasis goes no deeper in any text. */
const deepest = 8;

/** Reads stretches of paragraphs in a notation that is given by its marks. */
export class InlineReader {
  readonly #source: string;
  readonly #collector: ProseCollector;
  readonly #marks: ReadonlyMap<string, readonly InlineMark[]>;
  readonly #trigger: RegExp;
  readonly #next: (sign: string, from: number) => number;
  readonly #notes: { readonly start: number; readonly end: number }[] = [];

  /** @param marks by the signs that they begin with: of several, the first that fits counts */
  constructor(
    source: string,
    collector: ProseCollector,
    marks: Readonly<Record<string, readonly InlineMark[]>>,
  ) {
    this.#source = source;
    this.#collector = collector;
    this.#next = nextIn(source);
    const bySign = new Map<string, InlineMark[]>();
    for (const [signs, list] of Object.entries(marks)) {
      for (const sign of signs) bySign.set(sign, [...(bySign.get(sign) ?? []), ...list]);
    }
    this.#marks = bySign;
    const signs = Array.from(bySign.keys(), (sign) => sign.replace(/[\\\]^-]/, "\\$&"));
    this.#trigger = new RegExp(`[${signs.join("")}]`, "g");
  }

  /** Reads `source.slice(start, end)` into the block that is open. */
  read(start: number, end: number, depth = 0): void {
    // Looked for in the stretch alone: in a source without any it would be looked through to its end each time.
    const text = this.#source.slice(start, end);
    const middles = middlesOfRuns(text).values();
    let middle = middles.next().value;
    let at = start;
    let done = start;
    while (at < end) {
      this.#trigger.lastIndex = at - start;
      at = this.#trigger.test(text) ? start + this.#trigger.lastIndex - 1 : end;
      if (at >= end) break;
      while (middle !== undefined && start + middle.end <= at) middle = middles.next().value;
      if (middle !== undefined && start + middle.start <= at) {
        at = start + middle.end;
        continue;
      }
      const found = depth < deepest ? this.#matchAt(at, end) : undefined;
      if (found === undefined) {
        at += 1;
        continue;
      }
      const { mark, match } = found;
      const after = at + match[0].length;
      // Where nothing is shown, there is one blank and not two, and none before a full stop.
      const isGap = isSilent(found) && (after >= end || /[\s.,;:!?)]/.test(this.#source[after]!));
      this.#addText(done, isGap ? at - blanksBefore(this.#source, done, at) : at);
      this.#readMark(mark, match, depth);
      at = after;
      done = at;
    }
    this.#addText(done, end);
  }

  /** Whether notes are left to read. */
  get hasNotes(): boolean {
    return this.#notes.length > 0;
  }

  /** Reads the notes that stood within what was read since, each as a paragraph; the open block is ended first. */
  readNotes(): void {
    // A note within a note comes behind it.
    for (let note = this.#notes.shift(); note !== undefined; note = this.#notes.shift()) {
      this.#collector.endBlock();
      this.read(note.start, note.end);
      this.#collector.endBlock();
    }
  }

  #matchAt(at: number, end: number): { mark: InlineMark; match: RegExpExecArray } | undefined {
    for (const mark of this.#marks.get(this.#source[at]!) ?? []) {
      if (mark.closing !== undefined && this.#next(mark.closing, at + 1) > Math.min(end, at + longestInline))
        continue;
      mark.pattern.lastIndex = at;
      const match = mark.pattern.exec(this.#source);
      if (match !== null && match[0] !== "" && at + match[0].length <= end) return { mark, match };
    }
    return undefined;
  }

  #readMark({ shown, kind }: InlineMark, match: RegExpExecArray, depth: number): void {
    const start = match.index;
    const end = start + match[0].length;
    const { words, code, note } = match.groups ?? {};
    if (note !== undefined) {
      const from = start + match[0].lastIndexOf(note);
      this.#notes.push({ start: from, end: from + note.length });
    }
    const inner = words ?? code;
    const opening = this.#collector.openWrap(start);
    if (shown !== undefined) {
      this.#collector.addReplaced(shown(match), start, end);
    } else if (inner !== undefined) {
      const from = start + match[0].lastIndexOf(inner);
      if (words === undefined) this.#collector.addVerbatim(inner, from);
      else this.read(from, from + inner.length, depth + 1);
      if (kind === "link") {
        this.#collector.addPart(kind, start, from);
        this.#collector.addPart(kind, from + inner.length, end);
      }
    }
    this.#collector.closeWrap(
      opening,
      end,
      words === undefined && (shown === undefined || kind === "link") ? "verbatim" : "words",
    );
    if (kind !== undefined && (kind !== "link" || inner === undefined))
      this.#collector.addPart(kind, start, end);
  }

  #addText(start: number, end: number): void {
    if (end > start) this.#collector.addVerbatim(this.#source.slice(start, end), start);
  }
}

/** Where signs come next in a source; as long as one lies ahead, nobody has to search again. Infinite where none does. */
export function nextIn(source: string): (sign: string, from: number) => number {
  const known = new Map<string, { readonly from: number; readonly at: number }>();
  return (sign, from) => {
    const last = known.get(sign);
    if (last !== undefined && last.from <= from && from <= last.at) return last.at;
    const found = source.indexOf(sign, from);
    const at = found < 0 ? Number.POSITIVE_INFINITY : found;
    known.set(sign, { from, at });
    return at;
  };
}

const isSilent = ({ mark, match }: { mark: InlineMark; match: RegExpExecArray }): boolean =>
  mark.shown === undefined && match.groups?.["words"] === undefined && match.groups?.["code"] === undefined;

/** How many of the blanks in `source.slice(start, end)` stand at its end; few are looked at. */
function blanksBefore(source: string, start: number, end: number): number {
  const last = source.slice(Math.max(start, end - 20), end);
  return last.length - last.trimEnd().length;
}

/** A bare address reads as its host. */
export const bareAddress: InlineMark = {
  pattern: /(?<![\p{L}\p{N}])(?:https?|ftp):\/\/[^\s<>"'`|\\^{}[\]]{1,2000}(?<![.,;:!?)*_~])/uy,
  shown: ([address]) => hostOf(address),
  kind: "link",
};

/** Words of an address: its host, else what is given. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host.replace(/^www\./, "") || address.replace(/^mailto:/, "");
}
