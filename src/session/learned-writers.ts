import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";

/** Writers with documents: one whose folders turned out to be empty is only a name. */
export function learnedWriters(store: Store): readonly Writer[] {
  return store.writers.list().filter(({ id }) => store.documents.fingerprints(id).size > 0);
}
