import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { searchOnDisk } from "../../../src/store/forgetting/remains.ts";
import { TextTraces } from "../../../src/store/forgetting/text-traces.ts";
import { temporaryPath } from "../temporary-store.ts";

function tracesOf(...texts: readonly string[]): TextTraces {
  const traces = new TextTraces();
  for (const text of texts) traces.add(Buffer.from(text));
  return traces;
}

test("A text is found wherever it lies, also across the border of two blocks.", () => {
  const path = temporaryPath("large");
  const text = "Näher am Hafen";
  for (const position of [0, 4 * 1024 * 1024 - 5, 4 * 1024 * 1024, 9_000_000]) {
    const bytes = Buffer.alloc(9_000_100);
    bytes.write(text, position);
    writeFileSync(path, bytes);
    const traces = tracesOf("absent text", text);
    expect(searchOnDisk(path, traces).isIn(Buffer.from(text))).toBe(true);
    expect(traces.isIn(Buffer.from(text))).toBe(true);
    expect(searchOnDisk(path, tracesOf("absent text")).count).toBe(0);
  }
  expect(searchOnDisk(path, tracesOf()).count).toBe(0);
});
