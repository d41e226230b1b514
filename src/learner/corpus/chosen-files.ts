import { DEFAULT_MAX_FILE_SIZE_BYTES } from "../../corpus/files/discover.ts";
import type { CorpusSettings } from "../../protocol/learner.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";

/**
 * Which files of a writer's folders are read. Editor and terminal work on one store, so what was chosen in the one
 * holds in the other: what a terminal says in so many words, or an editor by settings that are not the usual ones.
 * An editor whose settings are the usual ones again takes back only what an editor chose.
 */
export function chosenFiles(
  store: Store,
  { id }: Pick<Writer, "id">,
  given: CorpusSettings | undefined,
): CorpusSettings {
  const kept = store.writers.chosenFiles(id);
  if (given === undefined) return kept ?? {};
  if (given.by === "terminal") return { ...limitOf(kept), ...given };
  return isUsual(given) && kept?.by === "terminal" ? kept : given;
}

const limitOf = (kept: CorpusSettings | undefined): CorpusSettings =>
  kept?.maximumFileBytes === undefined ? {} : { maximumFileBytes: kept.maximumFileBytes };

function isUsual({
  include,
  exclude,
  maximumFileBytes = DEFAULT_MAX_FILE_SIZE_BYTES,
}: CorpusSettings): boolean {
  return include === undefined && exclude === undefined && maximumFileBytes === DEFAULT_MAX_FILE_SIZE_BYTES;
}
