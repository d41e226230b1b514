import { createHash } from "node:crypto";
import type { Attribution } from "./attribution.ts";
import type { Document } from "./document.ts";
import { CorpusError, type CorpusWarning, FileTooLargeError, FileUnreadableError } from "./errors.ts";
import {
  type CorpusGlobs,
  DEFAULT_EXCLUDE,
  DEFAULT_INCLUDE,
  DEFAULT_MAX_FILE_SIZE_BYTES,
  discoverFiles,
} from "./files/discover.ts";
import type { FileSource, FoundFile } from "./files/file-source.ts";
import { eachFolder, type Places, toldAround } from "./files/paths.ts";
import {
  asksToBeLeftOut,
  fieldsIn,
  type LeftOutReason,
  type Survey,
  type SurveyOptions,
  survey,
} from "./files/survey.ts";
import { LanguageTeller } from "./language-teller.ts";
import { type ParseOptions, parseDocument } from "./parse-document.ts";

/** Which files of a folder are read. */
interface FileOptions {
  /** Globs below each folder; `DEFAULT_INCLUDE` where absent. */
  readonly include?: readonly string[];
  /** Globs that are left out; `DEFAULT_EXCLUDE` where absent. */
  readonly exclude?: readonly string[];
  /** `DEFAULT_MAX_FILE_SIZE_BYTES` where absent. */
  readonly maxFileSizeBytes?: number;
}

export interface CorpusOptions extends ParseOptions, SurveyOptions, FileOptions {
  /** Of folders that have others; a file follows the innermost that it lies in. */
  readonly byFolder?: Readonly<Record<string, FileOptions>> | undefined;
  readonly signal?: AbortSignal;
  /** Where folders lay when they were chosen; one that lies elsewhere now is not read. */
  readonly places?: Places;
}

/** What is remembered of a file that was read before. */
export interface KnownFile {
  readonly hash: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** `joinAuthors` of those it named; absent: nobody. */
  readonly author?: string | undefined;
  /** It has to be read again, whatever it holds: what is read of a file has become more. */
  readonly isOutdated?: boolean;
}

/** Files read before, by path. */
export type KnownFiles = ReadonlyMap<string, KnownFile>;

/** What becomes of a file. */
type FileOutcome =
  | { readonly kind: "document"; readonly document: Document }
  | { readonly kind: "unchanged"; readonly file: FoundFile }
  | { readonly kind: "leftOut"; readonly path: string; readonly reason: LeftOutReason }
  | { readonly kind: "failure"; readonly failure: CorpusError };

/** What happens while a corpus is read; `done` of `total` files are finished. */
export type CorpusEvent =
  | { readonly kind: "found"; readonly total: number }
  /** Whose documents they are, where that was asked. */
  | { readonly kind: "attributed"; readonly attribution: Attribution }
  | (FileOutcome & { readonly done: number; readonly total: number })
  | { readonly kind: "folderFailure"; readonly failure: CorpusError }
  /** A link or a pattern that leads out of the folders. */
  | { readonly kind: "refused"; readonly failure: CorpusError }
  | { readonly kind: "warning"; readonly warning: CorpusWarning }
  | { readonly kind: "gone"; readonly path: string };

/** A corpus as it was read; every list is in order of path. */
export interface CorpusReading {
  readonly documents: readonly Document[];
  /** Known files that were not read again: the same size and time, or the same content. */
  readonly unchanged: readonly FoundFile[];
  readonly leftOut: readonly { readonly path: string; readonly reason: LeftOutReason }[];
  readonly failures: readonly CorpusError[];
  readonly warnings: readonly CorpusWarning[];
  /** Known files that are no longer there. */
  readonly gone: readonly string[];
}

/** Reads a corpus to its end. Rejects only when the signal is aborted. */
export async function readCorpus(
  folders: readonly string[],
  options: CorpusOptions,
  source: FileSource,
  known: KnownFiles = new Map(),
): Promise<CorpusReading> {
  const events: CorpusEvent[] = [];
  for await (const event of streamCorpus(folders, options, source, known)) events.push(event);
  const ofKind = <K extends CorpusEvent["kind"]>(...kinds: readonly K[]) =>
    events.filter((event): event is Extract<CorpusEvent, { kind: K }> =>
      (kinds as readonly string[]).includes(event.kind),
    );
  return {
    documents: ofKind("document").map((event) => event.document),
    unchanged: ofKind("unchanged").map((event) => event.file),
    leftOut: ofKind("leftOut").map(({ path, reason }) => ({ path, reason })),
    failures: ofKind("failure", "folderFailure", "refused").map((event) => event.failure),
    warnings: ofKind("warning").map((event) => event.warning),
    gone: ofKind("gone").map((event) => event.path),
  };
}

/**
 * Reads a corpus file by file, in order of path, and tells what happens. One file is held at a time.
 * What cannot be read is an event, never an exception; only an aborted signal throws its reason.
 */
export async function* streamCorpus(
  folders: readonly string[],
  options: CorpusOptions,
  source: FileSource,
  known: KnownFiles = new Map(),
): AsyncGenerator<CorpusEvent, void, undefined> {
  const { files, failures, refused, within } = await discoverFiles(
    folders,
    globsOf(options),
    source,
    options.places,
  );
  for (const failure of failures) yield { kind: "folderFailure", failure };
  for (const failure of refused) yield { kind: "refused", failure };
  const total = files.length;
  yield { kind: "found", total };
  const { leftOut, attribution } = await surveyed(files, folders, options, { source, within }, known);
  if (attribution !== undefined) yield { kind: "attributed", attribution };
  for (const [index, file] of files.entries()) {
    options.signal?.throwIfAborted();
    const reason = leftOut.get(file.path);
    const { outcome, warnings = [] }: FileReading =
      reason === undefined
        ? await readFile(file, options, { source, within }, known.get(file.path))
        : { outcome: { kind: "leftOut", path: file.path, reason } };
    for (const warning of warnings) yield { kind: "warning", warning };
    yield { ...outcome, done: index + 1, total };
  }
  // A folder that cannot be listed may hold them still.
  if (failures.length > 0) return;
  const found = new Set(files.map((file) => file.path));
  for (const path of known.keys()) if (!found.has(path)) yield { kind: "gone", path };
}

/** Which files are looked for. */
export function globsOf({
  include = DEFAULT_INCLUDE,
  exclude = DEFAULT_EXCLUDE,
  byFolder,
}: Pick<CorpusOptions, "include" | "exclude" | "byFolder">): CorpusGlobs {
  return { include, exclude, ...eachFolder(byFolder, globsOf) };
}

/** In bytes, of a file at a path. */
export function largestAt(
  { byFolder = {}, ...common }: FileOptions & Pick<CorpusOptions, "byFolder">,
  path: string,
) {
  const { maxFileSizeBytes = DEFAULT_MAX_FILE_SIZE_BYTES } = toldAround(byFolder, path) ?? common;
  return maxFileSizeBytes;
}

/** Where files are read from, and the folders that they have to lie in. */
interface Place {
  readonly source: FileSource;
  readonly within: readonly string[];
}

/** Costs nothing where nothing asks for it. */
async function surveyed(
  files: readonly FoundFile[],
  folders: readonly string[],
  options: CorpusOptions,
  { source, within }: Place,
  known: KnownFiles,
): Promise<Survey> {
  const { authorship, leaveOut = [] } = options;
  if (authorship === undefined && leaveOut.length === 0) return { leftOut: new Map() };
  const read = (path: string) => fieldsIn(path, { maximumBytes: largestAt(options, path), within }, source);
  return survey(files, folders, options, read, known);
}

interface FileReading {
  readonly outcome: FileOutcome;
  readonly warnings?: readonly CorpusWarning[];
}

async function readFile(
  file: FoundFile,
  options: CorpusOptions,
  place: Place,
  known: KnownFile | undefined,
): Promise<FileReading> {
  const { path, modifiedMs } = file;
  const unchanged = { outcome: { kind: "unchanged", file } } as const;
  if (known?.bytes === file.bytes && known.modifiedMs === modifiedMs) return unchanged;
  const bytes = await readBytes(file, largestAt(options, path), place);
  if (!(bytes instanceof Uint8Array)) return { outcome: { kind: "failure", failure: bytes } };
  if (
    known !== undefined &&
    known.isOutdated !== true &&
    known.hash === createHash("sha256").update(bytes).digest("hex")
  )
    return unchanged;
  const languages = options.languages ?? (await LanguageTeller.open());
  const parsed = parseDocument({ path, bytes, modifiedMs }, { ...options, languages });
  if (parsed.kind === "failure") return { outcome: parsed };
  const { document, warnings } = parsed;
  if (asksToBeLeftOut(document.fields)) return { outcome: { kind: "leftOut", path, reason: "field" } };
  return { outcome: { kind: "document", document }, warnings };
}

async function readBytes(
  { path, bytes }: FoundFile,
  maximumBytes: number,
  { source, within }: Place,
): Promise<Uint8Array | CorpusError> {
  if (bytes > maximumBytes) return new FileTooLargeError(path, maximumBytes);
  try {
    return await source.read(path, { maximumBytes, within });
  } catch (cause) {
    return cause instanceof CorpusError ? cause : new FileUnreadableError(path, cause);
  }
}
