import { stat } from "node:fs/promises";
import type { Attribution } from "../../corpus/attribution.ts";
import type { Document } from "../../corpus/document.ts";
import {
  type CorpusError,
  FolderRedirectedError,
  FolderUnreadableError,
  LeadsOutError,
  NoProseError,
} from "../../corpus/errors.ts";
import { DEFAULT_EXCLUDE, discoverFiles } from "../../corpus/files/discover.ts";
import { diskFileSource, type FoundFile } from "../../corpus/files/file-source.ts";
import { isWithin } from "../../corpus/files/paths.ts";
import type { LeftOutReason } from "../../corpus/files/survey.ts";
import { globFor } from "../../corpus/formats/formats.ts";
import { type CorpusEvent, type KnownFiles, streamCorpus } from "../../corpus/read-corpus.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import { laterKinds } from "../../profile/consented-kinds.ts";
import { corpusOptions, knownFiles } from "../../profile/corpus-options.ts";
import { type Said, type SaidValue, said, saidCount } from "../../said/said.ts";
import type { DocumentRecord } from "../../store/repositories/documents.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { FolderMissingError } from "../errors.ts";
import { type ConsentSettings, type CorpusConsent, consentOf } from "./corpus-consent.ts";
import { foldersAway, presentFiles } from "./present-files.ts";
import { settleTags } from "./settle-tags.ts";

/** `quoted`: what stands in documents; it is shown to their writer, and never logged. */
export type TellNotice = (message: Said, advice: Said, quoted?: SaidValue) => void;

export interface CorpusStage {
  readonly store: Store;
  readonly writer: Writer;
  /** Folders that were named now; the store's own are read as well. */
  readonly folders: readonly string[];
  readonly settings: ConsentSettings;
  readonly notice: TellNotice;
  readonly breathe: () => Promise<void>;
}

export interface CorpusSummary extends CorpusConsent {
  readonly folders: readonly string[];
  readonly files: number;
  /** Documents that are new or have changed. */
  readonly changed: number;
}

/** What came to light while the folders were read. */
interface Sighting {
  files: number;
  changed: number;
  /** Paths that are there, whether or not they could be read. */
  readonly seen: Set<string>;
  readonly gone: string[];
  readonly leftOut: LeftOutReason[];
  attribution: Attribution | undefined;
}

/**
 * Brings the store in line with the files on disk. Only changed files are read, each written as it is read. A file that
 * was renamed keeps what was derived from it. Documents go when their files are gone; where a whole folder that had
 * documents has none, they stay: it is rather not there at the moment, such as a drive that is not mounted.
 *
 * @param suspect files that are read whatever their size and time say
 */
export async function readIntoStore(
  stage: CorpusStage,
  suspect: readonly string[] = [],
): Promise<CorpusSummary> {
  const { store, writer, breathe } = stage;
  const folders = [...new Set([...writer.folders, ...stage.folders])];
  const options = corpusOptions(stage.settings, store, writer);
  const known = knownFiles(store, writer, suspect);
  const sighting: Sighting = {
    files: 0,
    changed: 0,
    seen: new Set(),
    gone: [],
    leftOut: [],
    attribution: undefined,
  };
  for await (const event of streamCorpus(folders, options, diskFileSource, known)) {
    note(stage, event, sighting);
    await breathe();
  }
  await settleGone(stage, folders, sighting, known);
  await settleTags(stage, folders);
  await tellLaterKinds(stage, folders);
  const { files, changed, attribution, leftOut } = sighting;
  const consent = await consentOf(
    { folders, settings: stage.settings, writer, options },
    attribution,
    leftOut,
  );
  return { ...consent, folders, files, changed };
}

/** Kinds of files that are read only since the writer was learned are told of, and not learned unasked. */
async function tellLaterKinds({ store, writer, settings, notice }: CorpusStage, folders: readonly string[]) {
  const later = laterKinds(store, writer);
  if (later.length === 0) return;
  const usual = folders.filter((folder) => chosenFor(settings, folder).include === undefined);
  const exclude = (folder: string) => [...DEFAULT_EXCLUDE, ...(chosenFor(settings, folder).exclude ?? [])];
  const files: FoundFile[] = [];
  for (const folder of usual) {
    const globs = { include: [globFor(later)], exclude: exclude(folder) };
    files.push(...(await discoverFiles([folder], globs, diskFileSource, writer.places)).files);
  }
  if (files.length === 0) return;
  const isThere = (ending: string) => files.some(({ path }) => path.toLowerCase().endsWith(`.${ending}`));
  const kinds = later.filter(isThere).map((ending) => `.${ending}`);
  notice(
    saidCount(
      files.length,
      "{0} file of kinds that are read only since this writer was learned ({1}) was not learned from.",
      "{0} files of kinds that are read only since this writer was learned ({1}) were not learned from.",
      kinds.join(", "),
    ),
    said(
      "To have them learned from as well, run 'idiolect learn --all-files', or name them in the setting 'Corpus: Include'.",
    ),
  );
}

/** Throws FolderMissingError for a folder, or a file, that is not there. */
export async function refuseMissingFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await stat(folder).catch((cause: unknown) => {
      throw new FolderMissingError(folder, cause);
    });
  }
}

function note(stage: CorpusStage, event: CorpusEvent, sighting: Sighting): void {
  switch (event.kind) {
    case "found":
      sighting.files = event.total;
      return;
    case "document":
      sighting.seen.add(event.document.path);
      sighting.changed += saveDocument(stage, event.document) ? 1 : 0;
      return;
    case "unchanged":
      sighting.seen.add(event.file.path);
      return;
    case "attributed":
      sighting.attribution = event.attribution;
      return;
    case "leftOut":
      sighting.seen.add(event.path);
      sighting.leftOut.push(event.reason);
      stage.store.documents.remove(stage.writer.id, event.path);
      return;
    case "failure":
      sighting.seen.add(event.failure.path);
      settleFailure(stage, event.failure);
      return;
    case "refused":
      tellFailure(stage, event.failure);
      return;
    case "folderFailure":
      if (event.failure instanceof FolderRedirectedError && stage.folders.includes(event.failure.path)) {
        throw event.failure;
      }
      if (event.failure instanceof FolderUnreadableError && stage.folders.includes(event.failure.path)) {
        throw new FolderMissingError(event.failure.path, event.failure);
      }
      tellFailure(stage, event.failure);
      return;
    case "warning": {
      const { path, line, message, advice, quoted } = event.warning;
      const place = line === undefined ? path : `${path}:${line}`;
      stage.notice(said("{0}: {1}", place, message), advice, quoted);
      return;
    }
    case "gone":
      sighting.gone.push(event.path);
      return;
    default:
      event satisfies never;
  }
}

/**
 * A file that cannot be read now keeps what was read of it before; one that has lost its prose, or that lies
 * elsewhere now, does not.
 */
function settleFailure({ store, writer, notice }: CorpusStage, failure: CorpusError): void {
  if (failure instanceof NoProseError || failure instanceof LeadsOutError) {
    store.documents.remove(writer.id, failure.path);
  }
  if (!(failure instanceof NoProseError)) {
    tellFailure({ notice }, failure);
  }
}

function tellFailure({ notice }: Pick<CorpusStage, "notice">, { told }: CorpusError): void {
  notice(told.message, told.advice);
}

/**
 * Follows files that were renamed, and erases documents whose files are gone from folders that are there, or are
 * left out by settings.
 */
async function settleGone(
  stage: CorpusStage,
  folders: readonly string[],
  { seen, gone }: Sighting,
  known: KnownFiles,
): Promise<void> {
  const { documents } = stage.store;
  const { id } = stage.writer;
  const excluded = new Set(await presentFiles(gone));
  const lost = gone.filter((path) => !excluded.has(path));
  const away = foldersAway(folders, seen, lost);
  for (const { folder, documents: count } of away) {
    stage.notice(
      saidCount(
        count,
        "{1} has no documents at the moment; the {0} learned from it before is kept.",
        "{1} has no documents at the moment; the {0} learned from it before are kept.",
        folder,
      ),
      said(
        "Learn again when the files are back. If they are gone for good, forget this writer and start again.",
      ),
    );
  }
  const settleLost = (path: string): void => {
    const renamed = documents.withHash(id, known.get(path)!.hash).find((one) => !known.has(one.path));
    if (renamed !== undefined) {
      documents.move(id, path, renamed.path);
    } else if (!away.some(({ folder }) => isWithin(folder, path))) {
      documents.remove(id, path);
    }
  };
  // In one transaction: thousands may be gone at once.
  stage.store.inTransaction(() => {
    for (const path of excluded) documents.remove(id, path);
    for (const path of lost) settleLost(path);
  });
}

function saveDocument({ store, writer }: CorpusStage, document: Document): boolean {
  const sentences = document.sentences.map(({ paragraph, start, end, plain, language }) => ({
    paragraph,
    start,
    end,
    text: plain,
    language,
  }));
  return store.documents.save(writer.id, recordOf(document), sentences).changed;
}

function recordOf(document: Document): DocumentRecord {
  const { path, hash, bytes, modifiedMs, author, language, dateMs, title, words } = document;
  const { tags, hashtags, spacedTags } = document;
  const file = { path, hash, sizeBytes: bytes, mtimeMs: modifiedMs };
  return { ...file, author, language, dateMs, title, words, tags, hashtags, spacedTags };
}
