import { readTagHabit } from "../../corpus/tag-changes/read-tag-habit.ts";
import type { TagHabit } from "../../front-matter/tags/edit/tag-habit.ts";
import type { ServerContext } from "../context.ts";

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
    const known = this.#known.get(writer.id) ?? readTagHabit(host.store().documents.list(writer.id));
    this.#known.set(writer.id, known);
    return known;
  }
}
