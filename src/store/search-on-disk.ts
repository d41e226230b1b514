import { closeSync, openSync, readSync } from "node:fs";
import { longestStretch, type TextTraces } from "./text-traces.ts";

const blockBytes = 4 * 1024 * 1024;

/** Looks for traces in the raw bytes of files, block by block, and gives the files in which one was found. */
export function searchOnDisk(paths: readonly string[], traces: TextTraces): readonly string[] {
  return paths.filter((path) => holdsAny(path, traces));
}

function holdsAny(path: string, traces: TextTraces): boolean {
  const file = openSync(path, "r");
  try {
    // Blocks overlap, so that nothing is missed where two meet.
    const block = Buffer.alloc(blockBytes + longestStretch - 1);
    for (let position = 0; ; position += blockBytes) {
      const found = block.subarray(0, readSync(file, block, 0, block.length, position));
      if (traces.isIn(found)) return true;
      if (found.length < block.length) return false;
    }
  } finally {
    closeSync(file);
  }
}
