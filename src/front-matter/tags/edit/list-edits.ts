import { lineEnd, lineStart, nextLine, type SourceEdit } from "../../lines.ts";
import type { BlockItem, TagItem } from "../fields/tag-field.ts";
import type { ListPlan } from "./list-plan.ts";

/** A list whose items stand between two places, apart by a sign. */
export interface InlineList {
  readonly open: number;
  readonly close: number;
  readonly items: readonly TagItem[];
  readonly separator: "," | ";";
  /** Whether `#` opens a comment between items. */
  readonly hasComments: boolean;
  readonly lineEnd: string;
}

/** The edits of a list with one item a line, each after a dash. */
export function blockListEdits(
  source: string,
  { items, afterKey }: { readonly items: readonly BlockItem[]; readonly afterKey: number },
  { slots, additions }: ListPlan,
  newLine: string,
): readonly SourceEdit[] {
  const edits: SourceEdit[] = [];
  const add = (place: number, at: number, like: BlockItem) => {
    const lines = (additions.get(place) ?? []).map((text) => `${dashesOf(source, like)}${text}${newLine}`);
    if (lines.length > 0) edits.push({ start: at, end: at, newText: lines.join("") });
  };
  const first = slots.findIndex(({ kind }) => kind !== "remove");
  if (first < 0) edits.push({ start: afterKey, end: afterKey, newText: " []" });
  else add(-1, lineStart(source, items[first]!.dash), items[first]!);
  for (const [place, slot] of slots.entries()) {
    const item = items[place]!;
    const after = endOfItem(source, item);
    if (slot.kind === "remove") edits.push({ start: lineStart(source, item.dash), end: after, newText: "" });
    if (slot.kind === "replace") edits.push({ start: item.start, end: item.end, newText: slot.text });
    add(place, after, item);
  }
  return mergeEdits(edits);
}

function dashesOf(source: string, { dash, start }: BlockItem): string {
  const before = source.slice(lineStart(source, dash), start);
  return /^[ \t]*-[ \t]+$/.test(before) ? before : `${/^[ \t]*/.exec(before)?.[0] ?? ""}- `;
}

function endOfItem(source: string, { start, end }: TagItem): number {
  return end > start && /[\r\n]/.test(source[end - 1]!) ? end : nextLine(source, end);
}

/** The edits of a list between brackets, or of a text with separators. */
export function inlineListEdits(source: string, list: InlineList, plan: ListPlan): readonly SourceEdit[] {
  return mergeEdits(new InlineListEditor(source, list, plan).edits());
}

interface OwnLine {
  readonly start: number;
  readonly end: number;
  readonly indent: string;
}

class InlineListEditor {
  readonly #source: string;
  readonly #list: InlineList;
  readonly #plan: ListPlan;
  readonly #edits: SourceEdit[] = [];
  readonly #last: number;

  constructor(source: string, list: InlineList, plan: ListPlan) {
    this.#source = source;
    this.#list = list;
    this.#plan = plan;
    this.#last = plan.slots.findLastIndex(({ kind }) => kind !== "remove");
  }

  edits(): readonly SourceEdit[] {
    const { slots, additions } = this.#plan;
    const first = slots.findIndex(({ kind }) => kind !== "remove");
    if (first < 0) this.#fill(additions.get(-1) ?? []);
    else this.#addBefore(first, additions.get(-1) ?? []);
    for (const [place, slot] of slots.entries()) {
      const { start, end } = this.#list.items[place]!;
      if (slot.kind === "remove") this.#remove(place);
      if (slot.kind === "replace") this.#edit(start, end, slot.text);
      this.#addAfter(place, additions.get(place) ?? []);
    }
    return this.#edits;
  }

  #edit(start: number, end: number, newText = ""): void {
    this.#edits.push({ start, end, newText });
  }

  /** Into a list that is empty, or is emptied of everything but comments. */
  #fill(texts: readonly string[]): void {
    if (texts.length === 0) return;
    const { open, close } = this.#list;
    const isBlank = this.#source.slice(open, close).trim() === "";
    const padding = isBlank && close > open ? " " : "";
    this.#edit(isBlank ? open : close, close, `${padding}${texts.join(this.#separator())}${padding}`);
  }

  #addBefore(place: number, texts: readonly string[]): void {
    if (texts.length === 0) return;
    const { start } = this.#list.items[place]!;
    const line = this.#ownLine(place);
    if (line === undefined) {
      this.#edit(start, start, texts.map((text) => text + this.#separator()).join(""));
      return;
    }
    const lines = texts.map((text) => `${line.indent}${text}${this.#list.separator}${this.#list.lineEnd}`);
    this.#edit(line.start, line.start, lines.join(""));
  }

  #addAfter(place: number, texts: readonly string[]): void {
    const line = this.#ownLine(place);
    const { end } = this.#list.items[place]!;
    if (texts.length === 0) this.#dropSeparator(place);
    else if (line === undefined) this.#edit(end, end, texts.map((text) => this.#separator() + text).join(""));
    else this.#addLines(place, line, texts);
  }

  #addLines(place: number, line: OwnLine, texts: readonly string[]): void {
    const { items, separator, lineEnd: newLine } = this.#list;
    const { end } = items[place]!;
    if (this.#separatorAfter(place) === undefined) this.#edit(end, end, separator);
    const isLast = place === this.#last && this.#separatorAfter(items.length - 1) === undefined;
    const lines = texts.map((text, at) => {
      return `${line.indent}${text}${isLast && at === texts.length - 1 ? "" : separator}${newLine}`;
    });
    this.#edit(line.end, line.end, lines.join(""));
  }

  /** A list whose last item had no separator after it gets none, whichever item is the last now. */
  #dropSeparator(place: number): void {
    const { items } = this.#list;
    const at = this.#separatorAfter(place);
    if (place !== this.#last || place === items.length - 1 || at === undefined) return;
    if (this.#separatorAfter(items.length - 1) === undefined) this.#edit(at, at + 1);
  }

  #remove(place: number): void {
    const { start, end } = this.#list.items[place]!;
    const line = this.#ownLine(place);
    if (line !== undefined) this.#edit(line.start, line.end);
    else if (place > this.#last) this.#removeAtEnd(place);
    else {
      const next = this.#list.items[place + 1]?.start ?? end;
      const after = this.#separatorAfter(place);
      if (this.#isBare(end, next)) this.#edit(start, next);
      else this.#edit(start, after === undefined ? end : after + 1);
    }
  }

  /** With what parts it from the item before; the separator at the very end stays as long as an item does. */
  #removeAtEnd(place: number): void {
    const { items, open } = this.#list;
    const { start, end } = items[place]!;
    const before = items[place - 1]?.end ?? open;
    const after = this.#separatorAfter(place);
    const isNoneLeft = this.#last < 0 && place === items.length - 1;
    const to = isNoneLeft && after !== undefined ? after + 1 : end;
    this.#edit(this.#isBare(before, start) ? before : start, to);
  }

  /** Nothing but blanks and separators. */
  #isBare(start: number, end: number): boolean {
    return /^[\s,;]*$/.test(this.#source.slice(start, end));
  }

  /** The separator as it is written between the first two items. */
  #separator(): string {
    const { items, separator } = this.#list;
    const [first, second] = items;
    const between = first && second ? this.#source.slice(first.end, second.start) : "";
    return /^[ \t]*[,;][ \t]*$/.test(between) ? between : `${separator} `;
  }

  /** Where the separator after an item stands; undefined where there is none. */
  #separatorAfter(place: number): number | undefined {
    const { items, close, hasComments, separator } = this.#list;
    const between = /(?:\s|#[^\r\n]*)*/y;
    const blanks = /\s*/y;
    const pattern = hasComments ? between : blanks;
    pattern.lastIndex = items[place]!.end;
    const at = items[place]!.end + (pattern.exec(this.#source)?.[0].length ?? 0);
    return at < close && this.#source[at] === separator ? at : undefined;
  }

  /** The line of an item that has it to itself, its separator and a comment aside. */
  #ownLine(place: number): OwnLine | undefined {
    const { items, close, open, hasComments } = this.#list;
    const { start, end } = items[place]!;
    // A line may be long and hold thousands of items, so only what lies between two is looked at first.
    const isApart = (from: number, to: number) => /[\r\n]/.test(this.#source.slice(from, to));
    if (!isApart(items[place - 1]?.end ?? open, start)) return undefined;
    if (!isApart(end, items[place + 1]?.start ?? close)) return undefined;
    const from = lineStart(this.#source, start);
    const to = lineEnd(this.#source, end);
    const indent = this.#source.slice(from, start);
    const rest = this.#source.slice(end, to);
    if (!hasComments || from < open || to >= close || indent.trim() !== "") return undefined;
    return /^\s*,?\s*(?:#.*)?$/.test(rest)
      ? { start: from, end: nextLine(this.#source, to), indent }
      : undefined;
  }
}

/** Joins edits that touch or overlap, in the order of the source. */
export function mergeEdits(edits: readonly SourceEdit[]): readonly SourceEdit[] {
  const merged: SourceEdit[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last === undefined || edit.start > last.end) {
      merged.push(edit);
      continue;
    }
    const end = Math.max(last.end, edit.end);
    merged[merged.length - 1] = { start: last.start, end, newText: last.newText + edit.newText };
  }
  return merged;
}
