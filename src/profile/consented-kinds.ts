import { searchedEndings } from "../corpus/formats/formats.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";

/** What was searched for before it was kept with a writer: whoever learned then agreed to these and no others. */
export const firstEndings: readonly string[] = ["md", "markdown", "mdown", "mkd", "mdx", "txt"];

/**
 * Endings of the files for which a writer's folders are searched where no patterns are given: those of the time at
 * which the writer was learned first, or agreed to all. Kinds that came later are not learned unasked.
 */
export function consentedKinds(
  { writers }: Store,
  { id, folders }: Pick<Writer, "id" | "folders">,
): readonly string[] {
  const kept = writers.chosenFiles(id);
  const isNew = kept === undefined && folders.length === 0;
  return kept?.endings ?? (isNew ? searchedEndings : firstEndings);
}

/** Endings that are searched for today, to which the writer has not agreed. */
export function laterKinds(store: Store, writer: Pick<Writer, "id" | "folders">): readonly string[] {
  const consented = consentedKinds(store, writer);
  return searchedEndings.filter((ending) => !consented.includes(ending));
}
