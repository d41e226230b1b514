import { expect, test, vi } from "vitest";
import { processSurroundings } from "../../src/cli/surroundings.ts";

test("Names and texts cannot steer the terminal, and JSON stays what it is.", () => {
  const written: string[] = [];
  const keep = (text: unknown) => written.push(String(text)) > 0;
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(keep),
  );
  const value = { name: "Eve\u001b[2J\u009b2J\u007f\n\t\r\u0007 Zoë" };
  const { out, note, warn } = processSurroundings({});
  try {
    for (const write of [out, note, warn]) write(value.name);
    out(JSON.stringify(value));
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
  const shown = "Eve\\u001b[2J\\u009b2J\\u007f\n\t\\u000d\\u0007 Zoë\n";
  expect(written.slice(0, 3)).toEqual([shown, shown, shown]);
  expect(written[3]).not.toMatch(/[^\P{Cc}\n]/u);
  expect(JSON.parse(written[3]!)).toEqual(value);
});
