import type { TagMemory } from "./tag-memory.ts";

const separators = [" ", "-", "_"] as const;

/** Words as this writer would write them as a tag: with the writer's separator, and in small letters where most tags are. */
export function writtenAs(words: string, memory: TagMemory): string {
  const counts = new Map<string, number>(separators.map((separator) => [separator, 0]));
  let small = 0;
  for (let tag = 0; tag < memory.tagCount; tag++) {
    const spelling = memory.spellingOf(tag);
    if (spelling === spelling.toLowerCase()) small += 1;
    for (const separator of separators) {
      if (spelling.includes(separator)) counts.set(separator, counts.get(separator)! + 1);
    }
  }
  const [separator] = separators.toSorted((a, b) => counts.get(b)! - counts.get(a)!);
  const written = words.replaceAll(" ", separator ?? " ");
  return 2 * small > memory.tagCount ? written.toLowerCase() : written;
}
