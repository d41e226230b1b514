import { decodeText } from "../../corpus/files/decode.ts";
import { readRegularFile } from "../../corpus/files/read-regular-file.ts";
import { type TagHabit, tagHabitIn, usualHabit } from "../../front-matter/tags/edit/tag-habit.ts";
import type { ServerContext } from "../context.ts";

/** So many of the newest documents show what is usual. */
const looked = 24;
/** Larger files take long to read, and are few. */
const maximumBytes = 1_000_000;

/** How writers write their tags, as the documents show that were learned from; looked at once for each profile. */
export class TagHabits {
  readonly #context: Pick<ServerContext, "host">;
  readonly #known = new Map<number, Promise<TagHabit | undefined>>();

  constructor(context: Pick<ServerContext, "host" | "onReadingsChanged">) {
    this.#context = context;
    context.onReadingsChanged(() => this.#known.clear());
  }

  /** The habit of the writer of a path; undefined where none is known. */
  async read(path: string): Promise<TagHabit | undefined> {
    const { host } = this.#context;
    const writer = host.writerOf(path);
    if (writer === undefined) return undefined;
    const known = this.#known.get(writer.id) ?? readHabit(newest(host.store().documents.list(writer.id)));
    this.#known.set(writer.id, known);
    return known;
  }
}

function newest(
  documents: readonly { readonly path: string; readonly dateMs: number | undefined }[],
): readonly string[] {
  return documents
    .toSorted((a, b) => (b.dateMs ?? 0) - (a.dateMs ?? 0))
    .slice(0, looked)
    .map(({ path }) => path);
}

/** Files that are gone, or are none any more, show nothing. */
async function readHabit(paths: readonly string[]): Promise<TagHabit | undefined> {
  const habits: TagHabit[] = [];
  for (const path of paths) {
    const decoded = await readRegularFile(path, { maximumBytes }).then(decodeText, () => undefined);
    const habit = decoded?.kind === "text" ? tagHabitIn(decoded.source) : undefined;
    if (habit !== undefined) habits.push(habit);
  }
  return usualHabit(habits);
}
