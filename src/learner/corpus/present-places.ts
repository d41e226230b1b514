import { existsSync } from "node:fs";
import type { PlaceOf } from "../../readings/tags/present-reasons.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { CorpusLook } from "./corpus-look.ts";

/** Where learned documents lie now. Their folders are looked into only where a file is missing. */
export async function presentPlaces(store: Store, writer: Writer): Promise<PlaceOf> {
  const isMissing = store.documents.list(writer.id).some(({ path }) => !existsSync(path));
  const moved = isMissing ? (await new CorpusLook().look(store, writer)).moved : new Map<string, string>();
  return (path) => (existsSync(path) ? path : moved.get(path));
}
