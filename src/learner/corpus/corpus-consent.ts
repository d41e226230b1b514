import type { Attribution, AuthorCount } from "../../corpus/attribution.ts";
import type { FileGlobs } from "../../corpus/files/contained-globs.ts";
import { type CorpusGlobs, DEFAULT_EXCLUDE, discoverFiles } from "../../corpus/files/discover.ts";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import type { Places } from "../../corpus/files/paths.ts";
import { eachFolder, isWithin } from "../../corpus/files/paths.ts";
import type { LeftOutReason } from "../../corpus/files/survey.ts";
import { fieldsIn, survey } from "../../corpus/files/survey.ts";
import { type CorpusOptions, globsOf, type KnownFiles, largestAt } from "../../corpus/read-corpus.ts";
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
    options,
  }: {
    readonly folders: readonly string[];
    readonly settings: CorpusSettings;
    readonly writer: Writer;
    readonly options: CorpusOptions;
  },
  attribution: Attribution | undefined,
  leftOut: Iterable<LeftOutReason>,
): Promise<CorpusConsent> {
  const areExcluded = [settings, ...Object.values(settings.byFolder ?? {})].some(
    ({ exclude = [] }) => exclude.length > 0,
  );
  const excluded = areExcluded ? await countExcluded(folders, globsOf(options), writer.places) : 0;
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

/** How many files are there that the patterns leave out besides those that are left out always. */
async function countExcluded(
  folders: readonly string[],
  globs: CorpusGlobs,
  places: Places,
): Promise<number> {
  const count = async (of: CorpusGlobs) =>
    (await discoverFiles(folders, of, diskFileSource, places)).files.length;
  const always = ({ include }: FileGlobs): FileGlobs => ({ include, exclude: DEFAULT_EXCLUDE });
  const all = { ...always(globs), ...eachFolder(globs.byFolder, always) };
  return (await count(all)) - (await count(globs));
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
  const { folders, places } = writer;
  const { files, failures, within } = await discoverFiles(folders, globsOf(options), diskFileSource, places);
  const read = (path: string) =>
    fieldsIn(path, { maximumBytes: largestAt(options, path), within }, diskFileSource);
  const { leftOut, attribution } = await survey(files, folders, options, read, known);
  const found = new Set(files.map(({ path }) => path));
  const isListed = (path: string) => !failures.some(({ path: folder }) => isWithin(folder, path));
  const unlisted = await presentFiles([...known.keys()].filter((path) => !found.has(path) && isListed(path)));
  for (const path of [...leftOut.keys(), ...unlisted]) {
    if (known.has(path)) store.documents.remove(writer.id, path);
  }
  return consentOf({ folders, settings, writer, options }, attribution, leftOut.values());
}
