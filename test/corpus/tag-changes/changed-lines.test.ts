import { expect, test } from "vitest";
import { changedLines } from "../../../src/corpus/tag-changes/changed-lines.ts";

test("Lines that edits change are told with their numbers, each line once.", () => {
  const source = "one\r\ntwo two\r\nthree\r\nfour\r\n";
  const edit = (text: string, newText: string, from = 0) => {
    const start = source.indexOf(text, from);
    return { start, end: start + text.length, newText };
  };
  const edits = [edit("two", "2"), edit("two", "ii", 8), edit("four\r\n", "")];
  expect(changedLines(source, edits)).toEqual([
    { line: 2, before: ["two two"], after: ["2 ii"] },
    { line: 4, before: ["four"], after: [] },
  ]);
});

test("A line that stays is not told, though an edit touches it.", () => {
  const source = "tags:\n  - boats\n  - tides\n---\n";
  const start = source.indexOf("  - tides");
  const gone = [{ start, end: source.indexOf("---"), newText: "" }];
  expect(changedLines(source, gone)).toEqual([{ line: 3, before: ["  - tides"], after: [] }]);
  const come = [{ start, end: start, newText: "  - oars\n" }];
  expect(changedLines(source, come)).toEqual([{ line: 3, before: [], after: ["  - oars"] }]);
});
