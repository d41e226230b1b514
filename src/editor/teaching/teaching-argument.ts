import type { Teaching } from "../../protocol/lessons.ts";
import type { Range } from "../../protocol/readings.ts";

/** A `Teaching` from a command's argument, which anybody may have made; undefined where it is none. */
export function teachingArgument(value: unknown): Teaching | undefined {
  if (!isObject(value) || typeof value["uri"] !== "string") {
    return undefined;
  }
  const { kind, uri, tag, range, valence } = value;
  if ((kind === "notThisTag" || kind === "thisTag") && typeof tag === "string") {
    return { kind, uri, tag };
  }
  const isValence = typeof valence === "number" && valence >= -1 && valence <= 1;
  return kind === "tone" && isValence && isRange(range) ? { kind, uri, range, valence } : undefined;
}

function isRange(value: unknown): value is Range {
  return isObject(value) && isPosition(value["start"]) && isPosition(value["end"]);
}

function isPosition(value: unknown): boolean {
  return isObject(value) && isCount(value["line"]) && isCount(value["character"]);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
