import { lineEnd, lineStart, nextLine, type SourceEdit } from "../../front-matter/lines.ts";
import { applyEdits } from "../../front-matter/tags/edit/edit-tags.ts";

/** Lines of a text that edits make others of. */
export interface ChangedLines {
  /** The number of the first of them in the text as it was, from 1. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The lines that edits change, each with what it becomes, and none that stay; edits of one line stand together. */
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
    return withoutSame({ line, before: linesOf(text), after: linesOf(applyEdits(text, moved)) });
  });
}

/** Where a whole line goes or comes, an edit touches its neighbour as well. */
function withoutSame({ line, before, after }: ChangedLines): ChangedLines {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const own = (lines: readonly string[]) => lines.slice(head, lines.length - tail);
  return { line: line + head, before: own(before), after: own(after) };
}

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);
