import { z } from "zod";
import type { ClassCount } from "../../tone/head/tone-classes.ts";
import { unpackedLines } from "../measures/unpacked-lines.ts";
import { OpinionFileError } from "./errors.ts";

/** A text with the label that its writer gave it. */
export interface OpinionText {
  readonly writer: string;
  /** Place in time among the texts of its writer: smaller is earlier. */
  readonly time: number;
  readonly text: string;
  /** 0, the most negative, to classes − 1. */
  readonly label: number;
}

export interface OpinionSet {
  readonly texts: readonly OpinionText[];
  readonly classes: ClassCount;
}

export interface OpinionFileOptions {
  /**
   * Labels are numbers, and each class above the lowest begins at one of these, one to four in rising order;
   * absent: labels are classes, counted from 0.
   */
  readonly thresholds?: readonly number[];
  /** The field that holds the label; `label` if absent. */
  readonly labelField?: string;
}

/** `time` is in seconds or a date as text; texts without one keep the order of the file. */
const line = z.looseObject({
  writer: z.string().min(1),
  time: z.union([z.number(), z.string()]).nullish(),
  text: z.string().min(1),
});

/**
 * Reads JSON lines `{ writer, time, text, label }`, packed with gzip or not. Lines whose label is null are
 * left out.
 * Throws OpinionFileError with the first line that is wrong and what was expected there.
 */
export function readOpinions(path: string, options: OpinionFileOptions = {}): OpinionSet {
  const texts = unpackedLines(path).flatMap((text, at) =>
    text.trim() === "" ? [] : (parseLine(path, text, at, options) ?? []),
  );
  return { texts, classes: countClasses(path, texts, options) };
}

/** `undefined` for a line without a label. */
function parseLine(
  path: string,
  text: string,
  at: number,
  options: OpinionFileOptions,
): OpinionText | undefined {
  const { thresholds, labelField = "label" } = options;
  const wrong = (problem: string, cause?: unknown): OpinionFileError =>
    new OpinionFileError(
      path,
      `line ${at + 1} ${problem}`,
      `Each line is {"writer": "…", "time": seconds, "text": "…", "${labelField}": number}.`,
      { cause },
    );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw wrong("is not JSON", cause);
  }
  const parsed = line.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(`has a wrong ${issue?.path.join(".") || "shape"}: ${issue?.message}`, parsed.error);
  }
  const value = parsed.data[labelField];
  if (value === null) return undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(`has no number in ${labelField}`);
  const { writer, time } = parsed.data;
  return { writer, time: timeOf(time, at), text: parsed.data.text, label: labelOf(value, thresholds, wrong) };
}

function labelOf(
  value: number,
  thresholds: readonly number[] | undefined,
  wrong: (problem: string) => OpinionFileError,
): number {
  if (thresholds !== undefined) return thresholds.filter((threshold) => value >= threshold).length;
  if (!Number.isInteger(value) || value < 0 || value > 4) {
    throw wrong(`has the label ${value}; classes are 0 to 4 (for numbers between, give --threshold)`);
  }
  return value;
}

function timeOf(time: string | number | null | undefined, at: number): number {
  const parsed = typeof time === "string" ? Date.parse(time) / 1000 : time;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : at;
}

function countClasses(
  path: string,
  texts: readonly OpinionText[],
  { thresholds }: OpinionFileOptions,
): ClassCount {
  const most = thresholds?.length ?? texts.reduce((largest, { label }) => Math.max(largest, label), 0);
  const classes = most + 1;
  if (classes === 2 || classes === 3 || classes === 4 || classes === 5) return classes;
  throw new OpinionFileError(
    path,
    "it has one label alone",
    "Labels count from 0, the most negative; two to five are needed.",
  );
}
