import { closeSync, openSync, readSync } from "node:fs";
import { longestStretch, TextTraces } from "./text-traces.ts";

const blockBytes = 4 * 1024 * 1024;

/** Looks for traces in the raw bytes of a file, block by block, and gives those that are there. */
export function searchOnDisk(path: string, traces: TextTraces): TextTraces {
  const found = new TextTraces();
  const file = openSync(path, "r");
  try {
    // Blocks overlap, so that nothing is missed where two meet.
    const block = Buffer.alloc(blockBytes + longestStretch - 1);
    for (let position = 0; ; position += blockBytes) {
      const read = block.subarray(0, readSync(file, block, 0, block.length, position));
      traces.moveFoundIn(read, found);
      if (read.length < block.length) break;
    }
  } finally {
    closeSync(file);
  }
  // The next file may have the same.
  traces.addAll(found);
  return found;
}
