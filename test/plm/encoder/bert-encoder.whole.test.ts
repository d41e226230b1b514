import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { encoderReader } from "./family-golden.ts";

interface GoldenSentence {
  readonly text: string;
  readonly ids: readonly number[];
  readonly hiddenStart: readonly (readonly number[])[];
  readonly hiddenNorm: readonly number[];
  readonly meanUnitStart: readonly number[];
}

const { cases }: { readonly cases: readonly GoldenSentence[] } = JSON.parse(
  readFileSync(new URL("../../golden/minilm.json", import.meta.url), "utf8"),
);
const directory = process.env["IDIOLECT_MINILM"];

const note =
  directory === undefined ? " [without all-MiniLM-L6-v2: set IDIOLECT_MINILM to its directory]" : "";

describe.skipIf(directory === undefined)(`all-MiniLM-L6-v2${note}`, () => {
  it("has PyTorch's hidden states and sentence vectors", async () => {
    const encoder = await encoderReader(await readModelDirectory(directory!));
    const sentences = await encoder.read(cases.map(({ ids }) => ids));
    await encoder.release();
    cases.forEach(({ hiddenStart, hiddenNorm, meanUnitStart }, index) => {
      const rows = sentences[index]!;
      rows.forEach((row, at) => {
        expectClose([...row.slice(0, 8)], hiddenStart[at]!, 1e-4);
        expect(Math.abs(Math.hypot(...row) - hiddenNorm[at]!)).toBeLessThan(1e-3);
      });
      expectClose(meanUnit(rows).slice(0, meanUnitStart.length), meanUnitStart, 1e-5);
    });
  });
});

function meanUnit(rows: readonly Float32Array[]): readonly number[] {
  const sum = Array.from(rows[0]!, (_, i) => rows.reduce((total, row) => total + row[i]!, 0));
  const length = Math.hypot(...sum);
  return sum.map((number) => number / length);
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((number, i) => {
    expect(Math.abs(number - expected[i]!)).toBeLessThan(tolerance);
  });
}
