import { isWithin } from "../corpus/within.ts";
import type { Writer } from "../store/writers.ts";

/** The writer in whose folders a path lies, the innermost of several; else the only one there is. */
export function nearestWriter(writers: readonly Writer[], path: string): Writer | undefined {
  const depth = ({ folders }: Writer) =>
    Math.max(0, ...folders.filter((folder) => isWithin(folder, path)).map(({ length }) => length));
  const [nearest] = writers.toSorted((a, b) => depth(b) - depth(a));
  if (nearest !== undefined && depth(nearest) > 0) return nearest;
  return writers.length === 1 ? nearest : undefined;
}
