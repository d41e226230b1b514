import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What a slice was busy with, and for how long at most. */
export interface LongSlice {
  /** Priority and innermost functions. */
  readonly name: string;
  readonly count: number;
  readonly longestMs: number;
  /** Most processor time that one of them took, up to the end of the slice before. */
  readonly mostCpuMs: number;
}

interface LoggedSlice {
  readonly name: string;
  readonly ms: number;
  readonly cpuMs: number;
}

/** A server that is started with these writes its longer slices into a file (slice-preload.mjs). */
export function sliceLogOptions(path: string): { readonly execArgv: string[]; readonly env: object } {
  const preload = pathToFileURL(join(import.meta.dirname, "slice-preload.mjs")).href;
  return { execArgv: ["--import", preload], env: { IDIOLECT_SLICES: path } };
}

/** By name, the longest first. */
export function readSlices(path: string): readonly LongSlice[] {
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  const slices = lines.map((line) => JSON.parse(line) as LoggedSlice);
  const named = Map.groupBy(slices, ({ name }) => name);
  return [...named]
    .map(([name, of]) => ({
      name,
      count: of.length,
      longestMs: Math.max(...of.map(({ ms }) => ms)),
      mostCpuMs: Math.max(...of.map(({ cpuMs }) => cpuMs)),
    }))
    .toSorted((a, b) => b.longestMs - a.longestMs);
}
