import { settings } from "../protocol/settings.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";

/**
 * How much a writer's own reading counts, from 0 to 1: as is said here, else as an editor was set last.
 * @param session its store is asked only where nothing is said of somebody
 */
export function toneStrength(
  session: { readonly store: Pick<Store, "writers"> },
  writer: Pick<Writer, "id"> | undefined,
  said: number | undefined,
): number {
  const kept = () => writer && session.store.writers.toneStrength(writer.id);
  return said ?? kept() ?? settings["tone.strength"].default;
}
