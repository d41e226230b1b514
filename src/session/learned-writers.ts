import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";

/** Writers with documents, or with a profile from elsewhere: one whose folders turned out to be empty is only a name. */
export function learnedWriters({ writers, documents, profileVersions }: Store): readonly Writer[] {
  return writers
    .list()
    .filter(({ id }) => documents.fingerprints(id).size > 0 || profileVersions.active(id) !== undefined);
}
