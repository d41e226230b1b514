import { basename, resolve } from "node:path";
import { authorOf } from "../corpus/authors.ts";
import { DEFAULT_EXCLUDE, DEFAULT_INCLUDE, discoverFiles } from "../corpus/discover.ts";
import { diskFileSource } from "../corpus/file-source.ts";
import type { Store } from "../store/store.ts";
import type { Writer } from "../store/writers.ts";
import { readFields } from "./read-fields.ts";

/** Documents that are looked into for their author. */
const sampleSize = 20;
const largestSampleBytes = 1_000_000;

/**
 * The name of the writer of some folders: the one the store knows them by, else the one who has taught and
 * was not learned yet, else the author that most of their documents name, else the first folder's name.
 */
export async function nameOfWriter(store: Store, folders: readonly string[]): Promise<string> {
  const writers = store.writers.list();
  const known = writers.find((writer) => folders.every((folder) => writer.folders.includes(folder)));
  const name = known?.name ?? taughtWriter(store, writers)?.name ?? (await namedAuthor(folders));
  return name ?? basename(resolve(folders[0]!));
}

/** Teaching makes a writer without folders. What was taught must not be left with a second name. */
function taughtWriter(store: Store, writers: readonly Writer[]): Writer | undefined {
  const [only, other] = writers;
  if (only === undefined || other !== undefined || only.folders.length > 0) return undefined;
  return store.corrections.list(only.id).length > 0 ? only : undefined;
}

async function namedAuthor(folders: readonly string[]): Promise<string | undefined> {
  const globs = { include: DEFAULT_INCLUDE, exclude: DEFAULT_EXCLUDE };
  const { files, within } = await discoverFiles(folders, globs, diskFileSource);
  const stride = Math.max(1, Math.floor(files.length / sampleSize));
  const sample = files.filter(({ bytes }, at) => at % stride === 0 && bytes <= largestSampleBytes);
  const authors: string[] = [];
  for (const { path } of sample.slice(0, sampleSize)) {
    const read = await readFields(path, { maximumBytes: largestSampleBytes, within });
    const author = read && authorOf(read.fields);
    if (author !== undefined) {
      authors.push(author);
    }
  }
  const counts = Map.groupBy(authors, (author) => author);
  return [...counts].find(([, of]) => of.length > sample.length / 2)?.[0];
}
