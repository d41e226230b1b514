import type { z } from "zod";
import { type LabelledRow, labelledRow } from "../../measures/measuring-sources.ts";
import { jsonLines } from "../../measures/unpacked-lines.ts";
import type { SidedText } from "../../tone/measure-sides.ts";
import { LabelledFileError } from "../errors.ts";

const namedSides: Readonly<Record<string, number>> = {
  "-": 0,
  "+": 2,
  neg: 0,
  negative: 0,
  neu: 1,
  neutral: 1,
  pos: 2,
  positive: 2,
};
/** The label of a text of which no one side can be told: it counts neither as right nor as wrong. */
const cannotBeTold = "x";

/** Texts of a file that have a side, and how many have none. */
export interface SidedFile {
  readonly texts: readonly SidedText[];
  readonly leftOut: number;
}

/**
 * Reads JSON lines `{ text, label }` or `{ text, side }` (which goes before label): -2 … 2 by its sign, a name or sign
 * such as 'neg' or '+', or 'x'. Throws {@link LabelledFileError} with the first line of another kind.
 */
export function readSidedTexts(path: string): SidedFile {
  const rows = readRows(path);
  const texts: SidedText[] = [];
  for (const { line, row } of rows) {
    const said = row.side ?? row.label ?? row.expected;
    // A pair is compared within itself, and has no side.
    if (said === cannotBeTold || row.pair !== undefined) continue;
    const side = typeof said === "string" ? sideOfWord(said) : sideOfNumber(said);
    if (side === undefined)
      throw new LabelledFileError(path, `line ${line} has no side or label from -2 to 2`);
    if (row.text.trim() === "") throw new LabelledFileError(path, `there is no text in line ${line}`);
    texts.push({ text: row.text, side, ...(row.before === undefined ? {} : { before: row.before }) });
  }
  if (texts.length === 0) throw new LabelledFileError(path, "no line has a side");
  return { texts, leftOut: rows.length - texts.length };
}

function readRows(path: string): readonly { readonly line: number; readonly row: LabelledRow }[] {
  return jsonLines(path).map(({ line, value }) => {
    const parsed = labelledRow.safeParse(value);
    if (parsed.success) return { line, row: parsed.data };
    throw new LabelledFileError(path, problemOf(line, value, parsed.error), { cause: parsed.error });
  });
}

function problemOf(line: number, value: unknown, { issues: [issue] }: z.ZodError): string {
  const field = issue?.path.join(".") ?? "";
  if (value === undefined) return `line ${line} is no JSON`;
  if (field === "" || field === "text") return `line ${line} is no object with a text`;
  return `line ${line} has something else in '${field}' than it should`;
}

function sideOfWord(said: string): number | undefined {
  const word = said.trim().toLowerCase();
  return namedSides[word] ?? (word === "" ? undefined : sideOfNumber(Number(word)));
}

const sideOfNumber = (value: number | null | undefined): number | undefined =>
  typeof value === "number" && Math.abs(value) <= 2 ? 1 + Math.sign(value) : undefined;
