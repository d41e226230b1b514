import { isWithin } from "../corpus/files/paths.ts";
import { formerAuthor } from "../profile/corpus-options.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { writerWhoIs } from "./writer-name.ts";

/**
 * The writer of a document: who it says wrote it; where it names nobody, or somebody who was not learned, the one who
 * was learned from it, else the one in whose folders it lies. Nobody where that one was learned under another name:
 * it is somebody else's then.
 */
export function writerOfDocument(store: Store, path: string, authors: readonly string[]): Writer | undefined {
  const writers = store.writers.list();
  if (authors.length === 0) {
    const readers = writers.length < 2 ? [] : writers.filter(({ id }) => store.documents.atPath(id, path));
    return nearestWriter(readers, path) ?? nearestWriter(writers, path);
  }
  const named = writerWhoIs(store, writers, authors);
  if (named !== undefined) return named;
  const nearest = nearestWriter(writers, path);
  const isSomebodyElse = nearest !== undefined && (formerAuthor(store, nearest) ?? "") !== "";
  return isSomebodyElse ? undefined : nearest;
}

/** The writer in whose folders a path lies, the innermost of several; else the only one there is. */
export function nearestWriter(writers: readonly Writer[], path: string): Writer | undefined {
  const depth = ({ folders }: Writer) =>
    Math.max(0, ...folders.filter((folder) => isWithin(folder, path)).map(({ length }) => length));
  const [nearest] = writers.toSorted((a, b) => depth(b) - depth(a));
  if (nearest !== undefined && depth(nearest) > 0) return nearest;
  return writers.length === 1 ? nearest : undefined;
}
