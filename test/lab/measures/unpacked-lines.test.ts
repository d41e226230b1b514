import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { LineFileError } from "../../../src/lab/measures/errors.ts";
import { jsonLines, unpackedLines } from "../../../src/lab/measures/unpacked-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-lines-"));
const lines = '{"a":1}\n\n{"a":"é"}\n';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (content: string | Uint8Array): string => {
  const path = join(folder, "lines.jsonl");
  writeFileSync(path, content);
  return path;
};

describe("Lines of a file", () => {
  it.each([
    ["as they are", lines],
    ["packed", gzipSync(lines)],
    ["behind a byte order mark", `\uFEFF${lines}`],
    ["as Windows ends them", lines.replaceAll("\n", "\r\n")],
    ["in UTF-16, as PowerShell writes them", Buffer.from(`\uFEFF${lines}`, "utf16le")],
    ["packed, with both", gzipSync(`\uFEFF${lines.replaceAll("\n", "\r\n")}`)],
  ])("are read %s, with their numbers", (_, content) => {
    expect(unpackedLines(write(content))).toEqual(['{"a":1}', "", '{"a":"é"}', ""]);
    expect(jsonLines(write(content))).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 3, value: { a: "é" } },
    ]);
  });

  it.each([
    ["cut off", gzipSync(lines.repeat(20)).subarray(0, 30), "it cannot be unpacked"],
    ["no text", Uint8Array.from([1, 0, 2, 0]), "it holds no text"],
  ])("of a file that is %s are told to be damaged", (_, content, problem) => {
    expect(() => unpackedLines(write(content))).toThrow(LineFileError);
    expect(() => unpackedLines(write(content))).toThrow(problem);
  });

  it("that are no JSON have no value", () => {
    expect(jsonLines(write("{"))).toEqual([{ line: 1, value: undefined }]);
  });
});
