import { closeSync, openSync, readSync } from "node:fs";

const blockBytes = 4 * 1024 * 1024;

/** Looks for texts in the raw bytes of files, block by block, and gives the files in which one was found. */
export function searchOnDisk(paths: readonly string[], texts: readonly string[]): readonly string[] {
  const needles = texts.map((text) => Buffer.from(text));
  return paths.filter((path) => holdsAny(path, needles));
}

function holdsAny(path: string, needles: readonly Buffer[]): boolean {
  // Blocks overlap by the longest needle, so that none is missed where two blocks meet.
  const overlap = needles.reduce((longest, needle) => Math.max(longest, needle.length), 0);
  const block = Buffer.alloc(blockBytes + overlap);
  const file = openSync(path, "r");
  try {
    for (let position = 0; ; position += blockBytes) {
      const found = block.subarray(0, readSync(file, block, 0, block.length, position));
      if (needles.some((needle) => found.includes(needle))) return true;
      if (found.length < block.length) return false;
    }
  } finally {
    closeSync(file);
  }
}
