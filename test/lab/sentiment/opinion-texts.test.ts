import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { readOpinions } from "../../../src/lab/sentiment/opinion-texts.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-opinions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const line = (fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ writer: "Ann", time: 5, text: "It was fine.", label: 1, ...fields });
const plain = [
  ...[line({}), line({ label: 2, time: "1970-01-02" }), ""],
  ...[line({ label: 0, time: null }), line({ label: null })],
].join("\n");

test("JSON lines are read, packed or not; texts without a date keep their place, those without a label go.", () => {
  const read = readOpinions(file("plain.jsonl", plain));
  expect(read.classes).toBe(3);
  expect(read.texts.map(({ time, label }) => [time, label])).toEqual([
    [5, 1],
    [86_400, 2],
    [3, 0],
  ]);
  expect(readOpinions(file("packed.jsonl.gz", gzipSync(plain)))).toEqual(read);
});

test("Numbers become classes at thresholds, from whatever field they stand in.", () => {
  const numbers = [0.6, 0.55, 1, 0];
  const path = file("numbers.jsonl", numbers.map((stars) => line({ stars })).join("\n"));
  const classesAt = (...thresholds: number[]) => {
    const { texts, classes } = readOpinions(path, { thresholds, labelField: "stars" });
    return { classes, labels: texts.map(({ label }) => label) };
  };
  expect(classesAt(0.6)).toEqual({ classes: 2, labels: [1, 0, 1, 0] });
  expect(classesAt(0.2, 0.4, 0.6, 0.8)).toEqual({ classes: 5, labels: [3, 2, 4, 0] });
});

test("What is wrong is told with its line and what was expected.", () => {
  const wrong = (content: string | Uint8Array) => () => readOpinions(file("wrong.jsonl", content));
  expect(wrong(`${line({})}\n{"writer":`)).toThrow("line 2 is not JSON");
  expect(wrong(line({ text: 7 }))).toThrow("line 1 has a wrong text");
  expect(wrong(line({ label: "good" }))).toThrow("line 1 has no number in label");
  expect(wrong(line({ label: 0.5 }))).toThrow("line 1 has the label 0.5; classes are 0 to 4");
  expect(wrong(line({ label: 0 }))).toThrow("it has one label alone");
  expect(wrong(gzipSync(plain).subarray(0, 40))).toThrow("it cannot be unpacked");
  try {
    wrong(line({ text: 7 }))();
  } catch (error) {
    expect(error).toMatchObject({ advice: expect.stringContaining('"label": number') });
  }
});
