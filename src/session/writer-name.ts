import { basename, resolve } from "node:path";
import { authorKey } from "../corpus/authors.ts";
import { DEFAULT_EXCLUDE, DEFAULT_INCLUDE, discoverFiles } from "../corpus/files/discover.ts";
import { diskFileSource } from "../corpus/files/file-source.ts";
import { fieldsIn, survey } from "../corpus/files/survey.ts";
import { formerAuthor } from "../profile/corpus-options.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";

const largestSampleBytes = 1_000_000;

/**
 * The name of the writer of some folders. Where an author is asked for: the writer who is that author, else the
 * author. Else the one the store knows the folders by (of several the one with most documents), else the one who has
 * taught and was not learned yet, else the author of most of the documents, else the first folder's name.
 */
export async function nameOfWriter(
  store: Store,
  folders: readonly string[],
  author?: string,
): Promise<string> {
  const writers = store.writers.list();
  if (author !== undefined) {
    return writerWhoIs(store, writers, [author])?.name ?? (await authorOf(folders, author)) ?? author;
  }
  const known = writers.filter((writer) => folders.every((folder) => writer.folders.includes(folder)));
  const name =
    mostRead(store, known)?.name ?? taughtWriter(store, writers)?.name ?? (await authorOf(folders));
  return name ?? basename(resolve(folders[0]!));
}

/** The writer who is one of these authors: by what was learned last, else by name. */
export function writerWhoIs(
  store: Store,
  writers: readonly Writer[],
  authors: readonly string[],
): Writer | undefined {
  const keys = authors.map(authorKey);
  const isOne = (name: string | undefined) => name !== undefined && keys.includes(authorKey(name));
  return (
    writers.find((writer) => isOne(formerAuthor(store, writer))) ??
    writers.find((writer) => formerAuthor(store, writer) === undefined && isOne(writer.name)) ??
    writers.find(({ name }) => isOne(name))
  );
}

function mostRead(store: Store, writers: readonly Writer[]): Writer | undefined {
  const documents = ({ id }: Writer) => store.documents.fingerprints(id).size;
  return writers.toSorted((a, b) => documents(b) - documents(a))[0];
}

/** Teaching makes a writer without folders. What was taught must not be left with a second name. */
function taughtWriter(store: Store, writers: readonly Writer[]): Writer | undefined {
  const [only, other] = writers;
  if (only === undefined || other !== undefined || only.folders.length > 0) return undefined;
  return store.corrections.list(only.id).length > 0 ? only : undefined;
}

/** In the spelling that is used most; undefined where it is nobody who is named. */
async function authorOf(folders: readonly string[], author?: string): Promise<string | undefined> {
  const globs = { include: DEFAULT_INCLUDE, exclude: DEFAULT_EXCLUDE };
  const { files, within } = await discoverFiles(folders, globs, diskFileSource);
  const limits = { maximumBytes: largestSampleBytes, within };
  const read = (path: string) => fieldsIn(path, limits, diskFileSource);
  const { attribution } = await survey(files, folders, { authorship: { author } }, read, new Map());
  return attribution === undefined || attribution.author === "" ? undefined : attribution.author;
}
