import type { Attribution, AuthorCount } from "../../corpus/attribution.ts";
import type { FileGlobs } from "../../corpus/files/contained-globs.ts";
import {
  DEFAULT_EXCLUDE,
  DEFAULT_INCLUDE,
  DEFAULT_MAX_FILE_SIZE_BYTES,
  discoverFiles,
} from "../../corpus/files/discover.ts";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import type { Places } from "../../corpus/files/paths.ts";
import { isWithin } from "../../corpus/files/paths.ts";
import type { LeftOutReason } from "../../corpus/files/survey.ts";
import { fieldsIn, survey } from "../../corpus/files/survey.ts";
import type { KnownFiles } from "../../corpus/read-corpus.ts";
import { corpusOptions } from "../../profile/corpus-options.ts";
import type { CorpusSettings, LeftOut, WhoseText } from "../../protocol/learner.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { presentFiles } from "./present-files.ts";

/** Which files are read, and whose. */
export type ConsentSettings = CorpusSettings & WhoseText;

/** Whose text is learned from, and what is left out; kept with the report. */
export interface CorpusConsent {
  readonly author?: string | undefined;
  readonly authors: readonly AuthorCount[];
  readonly leftOut: readonly LeftOut[];
}

/** What is told of a corpus that was read: whose it is, and how many documents are left out, also by the settings' patterns. */
export async function consentOf(
  {
    folders,
    settings,
    writer,
    include,
  }: {
    readonly folders: readonly string[];
    readonly settings: CorpusSettings;
    readonly writer: Writer;
    /** Patterns of the files that are searched for. */
    readonly include: readonly string[];
  },
  attribution: Attribution | undefined,
  leftOut: Iterable<LeftOutReason>,
): Promise<CorpusConsent> {
  const excluded = await countExcluded(folders, { include, exclude: settings.exclude ?? [] }, writer.places);
  const counts = Map.groupBy(
    [...leftOut, ...Array<LeftOutReason>(excluded).fill("excluded")],
    (reason) => reason,
  );
  return {
    author: attribution?.author,
    authors: attribution?.authors ?? [],
    leftOut: Array.from(counts, ([reason, of]) => ({ reason, documents: of.length })).sort((a, b) =>
      a.reason < b.reason ? -1 : 1,
    ),
  };
}

/** How many files are there that the settings' patterns leave out. */
async function countExcluded(
  folders: readonly string[],
  { include, exclude }: FileGlobs,
  places: Places,
): Promise<number> {
  if (exclude.length === 0) return 0;
  const count = async (left: readonly string[]) => {
    const globs = { include, exclude: left };
    return (await discoverFiles(folders, globs, diskFileSource, places)).files.length;
  };
  return (await count(DEFAULT_EXCLUDE)) - (await count([...DEFAULT_EXCLUDE, ...exclude]));
}

/**
 * Erases documents that may not be learned from any more: of others, ones that ask for it, ones that settings leave
 * out. It is done before a run goes on, which looks at no file otherwise; new text is not read.
 */
export async function eraseWithdrawn(
  store: Store,
  writer: Writer,
  settings: ConsentSettings,
  known: KnownFiles,
): Promise<CorpusConsent> {
  const options = corpusOptions(settings, store, writer);
  const { include = DEFAULT_INCLUDE, exclude = DEFAULT_EXCLUDE } = options;
  const { folders } = writer;
  const globs = { include, exclude };
  const { files, failures, within } = await discoverFiles(folders, globs, diskFileSource, writer.places);
  const maximumBytes = options.maxFileSizeBytes ?? DEFAULT_MAX_FILE_SIZE_BYTES;
  const read = (path: string) => fieldsIn(path, { maximumBytes, within }, diskFileSource);
  const { leftOut, attribution } = await survey(files, folders, options, read, known);
  const found = new Set(files.map(({ path }) => path));
  const isListed = (path: string) => !failures.some(({ path: folder }) => isWithin(folder, path));
  const unlisted = await presentFiles([...known.keys()].filter((path) => !found.has(path) && isListed(path)));
  for (const path of [...leftOut.keys(), ...unlisted]) {
    if (known.has(path)) store.documents.remove(writer.id, path);
  }
  return consentOf({ folders, settings, writer, include }, attribution, leftOut.values());
}
