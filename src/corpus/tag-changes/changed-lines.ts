import { lineEnd, lineStart, nextLine, type SourceEdit } from "../../front-matter/lines.ts";
import { applyEdits } from "../../front-matter/tags/edit/edit-tags.ts";

/** Lines of a text that edits make others of. */
export interface ChangedLines {
  /** The number of the first of them in the text as it was, from 1. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The lines that edits change, each with what it becomes; edits of one line stand together. */
export function changedLines(source: string, edits: readonly SourceEdit[]): readonly ChangedLines[] {
  const groups: { start: number; end: number; edits: SourceEdit[] }[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const start = lineStart(source, edit.start);
    const end = lineEnd(source, edit.end);
    const last = groups.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else groups.push({ start, end, edits: [edit] });
  }
  let [counted, line] = [0, 1];
  return groups.map(({ start, end, edits: own }) => {
    for (; counted < start; counted = nextLine(source, counted)) line += 1;
    const moved = own.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const text = source.slice(start, end);
    return { line, before: linesOf(text), after: linesOf(applyEdits(text, moved)) };
  });
}

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);
