import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { measureClasses } from "../../../src/lab/measures/class-measures.ts";
import { LabelledFileError } from "../../../src/lab/studies/errors.ts";
import { readSidedTexts } from "../../../src/lab/studies/opinions/sided-texts.ts";
import { measureSides } from "../../../src/lab/tone/measure-sides.ts";
import type { ReadTone } from "../../../src/lab/tone/read-tones.ts";
import { type ToneSetRow, toneProblems } from "../../../src/lab/tone/tone-table.ts";
import type { ClassShares } from "../../../src/tone/head/ordinal-scale.ts";
import { readTone } from "../../../src/tone/reading/tone-reading.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-measure-tones-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A reading that shows a side from a share of 0.6 on. */
function read(negative: number, neutral: number, positive: number): ReadTone {
  const shares: ClassShares = [negative / 4, (3 * negative) / 4, neutral, positive, 0];
  return { shares, reading: readTone(shares, { negative: 0.6, neutral: 0, positive: 0.6 }) };
}

describe("measureSides", () => {
  const texts = [0, 1, 1, 2, 2].map((side) => ({ text: "A plain text.", side }));
  const readings = [
    read(0.8, 0.1, 0.1),
    read(0.1, 0.8, 0.1),
    read(0.5, 0.4, 0.1),
    read(0, 0.1, 0.9),
    read(0.1, 0.4, 0.5),
  ];

  it("counts a side that is not sure enough as no tone, and tells how often", () => {
    const { shown, likeliest, abstained, alwaysNeutral } = measureSides(texts, readings);
    expect(shown.right).toBeCloseTo(4 / 5);
    expect(likeliest.right).toBeCloseTo(4 / 5);
    expect(shown.classes[0]).toMatchObject({ precision: 1, recall: 1 });
    expect(shown.classes[2]).toMatchObject({ precision: 1, recall: 0.5 });
    expect(likeliest.classes[0]).toMatchObject({ precision: 0.5, recall: 1 });
    expect(abstained).toBeCloseTo(2 / 5);
    expect(alwaysNeutral.right).toBeCloseTo(2 / 5);
  });

  it("judges the probability that what is shown is right", () => {
    const { calibrationError, reliability } = measureSides(texts, readings);
    // Shown with 0.8, 0.8, 0.4, 0.9 and 0.4; all but the last are right.
    expect(reliability.map(({ texts: count, right }) => [count, right])).toEqual([
      [2, 0.5],
      [2, 1],
      [1, 1],
    ]);
    expect(calibrationError).toBeCloseTo((2 * 0.1 + 2 * 0.2 + 0.1) / 5);
  });
});

describe("readSidedTexts", () => {
  const write = (name: string, rows: readonly (object | string)[]): string => {
    const path = join(folder, name);
    const text = rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n");
    writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
    return path;
  };

  it("takes sides before labels, names as well as numbers, and leaves out what cannot be told", () => {
    const rows = [
      { text: "a", label: -2 },
      { text: "b", label: "x" },
      { text: "c", label: 2, side: "0" },
      { text: "d", side: "x", label: 1 },
      { text: "e", expected: "pos" },
      { text: "f", side: "-" },
      { text: "g", pair: "h", expected: "same" },
    ];
    for (const name of ["texts.jsonl", "texts.jsonl.gz"]) {
      expect(readSidedTexts(write(name, rows))).toEqual({
        texts: [
          { text: "a", side: 0 },
          { text: "c", side: 1 },
          { text: "e", side: 2 },
          { text: "f", side: 0 },
        ],
        leftOut: 3,
      });
    }
  });

  it("takes names in capitals, and what stands in the other field where one is null", () => {
    const rows = [
      { text: "a", label: "Negative" },
      { text: "b", label: null, side: "+" },
      { text: "c", label: "x", side: null },
    ];
    expect(readSidedTexts(write("nulls.jsonl", rows))).toEqual({
      texts: [
        { text: "a", side: 0 },
        { text: "b", side: 2 },
      ],
      leftOut: 1,
    });
  });

  it.each<readonly [string, readonly (object | string)[], RegExp]>([
    ["a label beyond the scale", [{ text: "a", label: 7 }], /line 1 has no side/],
    ["no side at all", [{ text: "a" }], /line 1 has no side/],
    ["no text", [{ label: 1 }], /no object with a text/],
    ["nothing that can be told", [{ text: "a", label: "x" }], /no line has a side/],
    [
      "an empty label below a blank line",
      [{ text: "a", label: 1 }, "", { text: "b", label: " " }],
      /line 3 has no side/,
    ],
    ["a line that is none", [{ text: "a", label: 1 }, "", "{ text: a }"], /line 3 is no JSON/],
    ["an empty text", [{ text: " ", label: 1 }], /no text in line 1/],
    ["sentences before it that are none", [{ text: "a", label: 1, before: "b" }], /line 1 .*'before'/],
  ])("refuses a file with %s", (_, rows, problem) => {
    const path = write("wrong.jsonl", rows);
    expect(() => readSidedTexts(path)).toThrow(LabelledFileError);
    expect(() => readSidedTexts(path)).toThrow(problem);
  });

  it("says of a file that is not there what the system says", () => {
    expect(() => readSidedTexts(join(folder, "none.jsonl"))).toThrow("ENOENT");
  });
});

describe("toneProblems", () => {
  const good = measureClasses([0, 1, 1, 2], [0, 1, 1, 2], 3);
  const poor = measureClasses([0, 1, 1, 2], [1, 1, 1, 1], 3);
  const row = (idiolect: typeof good, vader: typeof good): ToneSetRow => ({ classes: 3, idiolect, vader });
  const checklist = { single: {}, pairs: {} };

  it("finds none in a base that is above the word list, and names each set where it is not", () => {
    expect(toneProblems({ sets: { sst5: row(good, poor) }, checklist })).toEqual([]);
    const problems = toneProblems({ sets: { sst5: row(good, poor), newsmtsc: row(poor, poor) }, checklist });
    expect(problems).toEqual([expect.stringContaining("newsmtsc: ")]);
  });

  it("asks for more than saying nothing on ordinary prose", () => {
    const sides = measureSides(
      [0, 1, 1].map((side) => ({ text: "A text.", side })),
      [read(0.1, 0.8, 0.1), read(0.1, 0.8, 0.1), read(0.9, 0.1, 0)],
    );
    const sets = { proseRandom: { ...row(good, poor), sides }, sst5: { ...row(good, poor), sides } };
    expect(toneProblems({ sets, checklist })).toEqual([
      expect.stringMatching(/^proseRandom: .*always 'no tone'/),
    ]);
  });
});
