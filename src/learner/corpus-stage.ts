import { DEFAULT_EXCLUDE } from "../corpus/discover.ts";
import type { Document } from "../corpus/document.ts";
import { type CorpusError, FolderUnreadableError, LeadsOutError, NoProseError } from "../corpus/errors.ts";
import { diskFileSource } from "../corpus/file-source.ts";
import { type CorpusEvent, type KnownFiles, streamCorpus } from "../corpus/read-corpus.ts";
import type { CorpusSettings } from "../protocol/learner-messages.ts";
import type { DocumentRecord } from "../store/documents.ts";
import type { Store } from "../store/store.ts";
import type { Writer } from "../store/writers.ts";
import { FolderMissingError } from "./errors.ts";

export interface CorpusStage {
  readonly store: Store;
  readonly writer: Writer;
  /** Folders that were named now; the store's own are read as well. */
  readonly folders: readonly string[];
  readonly settings: CorpusSettings;
  readonly notice: (message: string, advice: string) => void;
  readonly breathe: () => Promise<void>;
}

export interface CorpusSummary {
  readonly folders: readonly string[];
  readonly files: number;
  /** Documents that are new or have changed. */
  readonly changed: number;
}

/** Brings the store in line with the files on disk. Only changed files are read, each written as it is read. */
export async function readIntoStore(stage: CorpusStage): Promise<CorpusSummary> {
  const { store, writer, breathe } = stage;
  const folders = [...new Set([...writer.folders, ...stage.folders])];
  const options = { locale: "en", ...corpusOptions(stage.settings) };
  let files = 0;
  let changed = 0;
  for await (const event of streamCorpus(folders, options, diskFileSource, knownFiles(store, writer))) {
    if (event.kind === "found") {
      files = event.total;
    } else if (event.kind === "document") {
      changed += saveDocument(stage, event.document) ? 1 : 0;
    } else {
      settle(stage, event);
    }
    await breathe();
  }
  return { folders, files, changed };
}

function corpusOptions({ include, exclude = [], maximumFileBytes }: CorpusSettings) {
  return {
    ...(include === undefined ? {} : { include }),
    exclude: [...DEFAULT_EXCLUDE, ...exclude],
    ...(maximumFileBytes === undefined ? {} : { maxFileSizeBytes: maximumFileBytes }),
  };
}

function settle(stage: CorpusStage, event: CorpusEvent): void {
  switch (event.kind) {
    case "failure":
      settleFailure(stage, event.failure);
      return;
    case "refused":
      stage.notice(event.failure.message, event.failure.advice);
      return;
    case "folderFailure":
      if (event.failure instanceof FolderUnreadableError && stage.folders.includes(event.failure.path)) {
        throw new FolderMissingError(event.failure.path, event.failure);
      }
      stage.notice(event.failure.message, event.failure.advice);
      return;
    case "warning": {
      const { path, line, message, advice } = event.warning;
      stage.notice(`${path}${line === undefined ? "" : `:${line}`}: ${message}`, advice);
      return;
    }
    case "gone":
      removeDocument(stage, event.path);
      return;
    case "unchanged":
    case "otherLanguage":
    case "found":
    case "document":
      return;
    default:
      event satisfies never;
  }
}

/**
 * A file that cannot be read now keeps what was read of it before; one that has lost its prose, or that lies
 * elsewhere now, does not.
 */
function settleFailure(stage: CorpusStage, failure: CorpusError): void {
  if (failure instanceof NoProseError || failure instanceof LeadsOutError) {
    removeDocument(stage, failure.path);
  }
  if (!(failure instanceof NoProseError)) {
    stage.notice(failure.message, failure.advice);
  }
}

function removeDocument({ store, writer }: CorpusStage, path: string): void {
  const kept = new Set(store.documents.fingerprints(writer.id).keys());
  if (kept.delete(path)) {
    store.documents.removeMissing(writer.id, kept);
  }
}

function saveDocument({ store, writer }: CorpusStage, document: Document): boolean {
  const sentences = document.sentences.map(({ paragraph, start, end, plain }) => ({
    paragraph,
    start,
    end,
    text: plain,
  }));
  return store.documents.save(writer.id, recordOf(document), sentences).changed;
}

function recordOf(document: Document): DocumentRecord {
  const { path, hash, bytes, modifiedMs, author, language, dateMs, title, words, tags } = document;
  return { path, hash, sizeBytes: bytes, mtimeMs: modifiedMs, author, language, dateMs, title, words, tags };
}

function knownFiles(store: Store, writer: Writer): KnownFiles {
  const known = store.documents.fingerprints(writer.id);
  return new Map(
    Array.from(known, ([path, { hash, sizeBytes, mtimeMs }]) => [
      path,
      { hash, bytes: sizeBytes, modifiedMs: mtimeMs },
    ]),
  );
}
