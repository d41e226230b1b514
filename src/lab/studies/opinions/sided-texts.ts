import { basename, dirname } from "node:path";
import { ZodError } from "zod";
import { type LabelledRow, readLabelled } from "../../measures/measuring-sources.ts";
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
 * Reads JSON lines `{ text, label }` or `{ text, side }` (which goes before label): -2 … 2 by its sign, a name such as
 * or sign such as 'neg' or '+', or 'x'. Throws {@link LabelledFileError} for a file of another kind.
 */
export function readSidedTexts(path: string): SidedFile {
  const rows = readRows(path);
  const texts: SidedText[] = [];
  for (const [at, row] of rows.entries()) {
    const said = row.side ?? row.label ?? row.expected;
    // A pair is compared within itself, and has no side.
    if (said === cannotBeTold || row.pair !== undefined) continue;
    const side =
      typeof said === "string" ? (namedSides[said] ?? sideOfNumber(Number(said))) : sideOfNumber(said);
    if (side === undefined)
      throw new LabelledFileError(path, `line ${at + 1} has no side or label from -2 to 2`);
    texts.push({ text: row.text, side, ...(row.before === undefined ? {} : { before: row.before }) });
  }
  if (texts.length === 0) throw new LabelledFileError(path, "no line has a side");
  return { texts, leftOut: rows.length - texts.length };
}

function readRows(path: string): readonly LabelledRow[] {
  try {
    return readLabelled(dirname(path), basename(path));
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof ZodError)) throw cause;
    throw new LabelledFileError(path, "a line is no object with a text", { cause });
  }
}

const sideOfNumber = (value: number | undefined): number | undefined =>
  value !== undefined && Math.abs(value) <= 2 ? 1 + Math.sign(value) : undefined;
