import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { DEFAULT_EXCLUDE, DEFAULT_INCLUDE, discoverFiles } from "../corpus/discover.ts";
import { diskFileSource } from "../corpus/file-source.ts";
import { parseDocument } from "../corpus/parse-document.ts";
import type { Store } from "../store/store.ts";
import type { Writer } from "../store/writers.ts";
import { NoProfileError, UsageError } from "./errors.ts";

/** Documents that are looked into for their author. */
const sampleSize = 20;
const largestSampleBytes = 1_000_000;

/**
 * The name of the writer of some folders: the one the store knows them by, else the author that most of
 * their documents name, else the first folder's name.
 */
export async function nameOfWriter(store: Store, folders: readonly string[]): Promise<string> {
  const known = store.writers
    .list()
    .find((writer) => folders.every((folder) => writer.folders.includes(folder)));
  return known?.name ?? (await namedAuthor(folders)) ?? basename(resolve(folders[0]!));
}

async function namedAuthor(folders: readonly string[]): Promise<string | undefined> {
  const globs = { include: DEFAULT_INCLUDE, exclude: DEFAULT_EXCLUDE };
  const { files } = await discoverFiles(folders, globs, diskFileSource);
  const stride = Math.max(1, Math.floor(files.length / sampleSize));
  const sample = files.filter(({ bytes }, at) => at % stride === 0 && bytes <= largestSampleBytes);
  const authors: string[] = [];
  for (const { path, modifiedMs } of sample.slice(0, sampleSize)) {
    const bytes = await readFile(path).catch(() => undefined);
    const parsed = bytes && parseDocument({ path, bytes, modifiedMs });
    if (parsed?.kind === "document" && parsed.document.author !== undefined) {
      authors.push(parsed.document.author);
    }
  }
  const counts = Map.groupBy(authors, (author) => author);
  return [...counts].find(([, of]) => of.length > sample.length / 2)?.[0];
}

/** The writer that is meant: the one named, else the only one. */
export function chooseWriter(store: Store, name: string | undefined): Writer {
  const writers = learnedWriters(store);
  if (name !== undefined) {
    const writer = writers.find((one) => one.name === name);
    if (writer === undefined) {
      const known = writers.length === 0 ? "" : ` Known: ${writers.map((one) => one.name).join(", ")}.`;
      throw new NoProfileError(`The store knows no writer named ${name}.${known}`);
    }
    return writer;
  }
  const [only, other] = writers;
  if (only === undefined) {
    throw new NoProfileError("Nothing has been learned yet.");
  }
  if (other !== undefined) {
    throw new UsageError(
      `The store knows several writers: name one with --writer (${writers.map((one) => one.name).join(", ")}).`,
    );
  }
  return only;
}

/** As `chooseWriter`, but nobody where nothing has been learned. A name that is not known is still an error. */
export function writerIfAny(store: Store, name: string | undefined): Writer | undefined {
  return name === undefined && learnedWriters(store).length === 0 ? undefined : chooseWriter(store, name);
}

/** Writers with documents: one whose folders turned out to be empty is only a name. */
function learnedWriters(store: Store): readonly Writer[] {
  return store.writers.list().filter(({ id }) => store.documents.fingerprints(id).size > 0);
}
