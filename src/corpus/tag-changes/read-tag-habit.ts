import { type TagHabit, tagHabitIn, usualHabit } from "../../front-matter/tags/edit/tag-habit.ts";
import { decodeText } from "../files/decode.ts";
import { readRegularFile } from "../files/read-regular-file.ts";

/** So many of the newest documents show what is usual. */
const looked = 24;
/** Larger files take long to read, and are few. */
const maximumBytes = 1_000_000;

/**
 * How a writer writes tags, as the newest documents show; undefined where none of them has any. Files that are gone,
 * or are none any more, show nothing.
 */
export async function readTagHabit(
  documents: readonly { readonly path: string; readonly dateMs: number | undefined }[],
): Promise<TagHabit | undefined> {
  const habits: TagHabit[] = [];
  const newest = documents.toSorted((a, b) => (b.dateMs ?? 0) - (a.dateMs ?? 0)).slice(0, looked);
  for (const { path } of newest) {
    const decoded = await readRegularFile(path, { maximumBytes }).then(decodeText, () => undefined);
    const habit = decoded?.kind === "text" ? tagHabitIn(decoded.source) : undefined;
    if (habit !== undefined) habits.push(habit);
  }
  return usualHabit(habits);
}
