import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { ProfileFormatError } from "../profile/errors.ts";
import { decodeLearnedPrompts, decodeProfile, generalReaderId } from "../profile/profile.ts";
import { reportShape } from "../profile/report.ts";
import { said } from "../said/said.ts";
import { type Archive, openArchive } from "../store/exchange/archive.ts";
import { ArchiveDamagedError, ArchiveNewerError } from "../store/exchange/errors.ts";
import { type Exported, exportWriter } from "../store/exchange/export-writer.ts";
import {
  type ArchiveContent,
  type Imported,
  importWriter,
  type ProfileChoice,
  profilesToChooseFrom,
  readArchive,
} from "../store/exchange/import-writer.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { ExportTooLargeError, FileExistsError, FileUnreadableError, FileUnwritableError } from "./errors.ts";
import { waitForTheDead } from "./lease-keeper.ts";
import { packageVersion } from "./package-root.ts";

/** How a writer is exported. */
export interface ExportChoice {
  /** Absolute. */
  readonly file: string;
  readonly withText: boolean;
  /** Whether a file that is there already is replaced. */
  readonly overwrite: boolean;
}

/** What was written; `bytes` is the size of the file. */
export type ExportedFile = Omit<Exported, "bytes"> & { readonly bytes: number };

/**
 * Writes all that was learned of a writer to one file, which only its owner can read. The file is there whole or not
 * at all.
 *
 * @throws FileExistsError, FileUnwritableError
 */
export function exportToFile(
  store: Store,
  writer: Writer,
  { file, withText, overwrite }: ExportChoice,
): ExportedFile {
  if (!overwrite && statSync(file, { throwIfNoEntry: false }) !== undefined) throw new FileExistsError(file);
  const exported = exportWriter(store, writer, { withText, madeBy: packageVersion() });
  const draft = `${file}.${randomUUID().slice(0, 8)}.draft`;
  try {
    writeFileSync(draft, exported.bytes, { mode: 0o600, flag: "wx" });
    renameSync(draft, file);
  } catch (cause) {
    throw new FileUnwritableError(file, cause);
  } finally {
    rmSync(draft, { force: true });
  }
  return { ...exported, bytes: exported.bytes.length };
}

/** An exported file that was read, and fits the base model that is in use. */
export interface ReadExport {
  readonly archive: Archive;
  readonly content: ArchiveContent;
  readonly baseModelId: string;
}

const largestFileBytes = 2 ** 31 - 1;

/**
 * Reads an exported file, whole, and changes nothing.
 *
 * @throws FileUnreadableError, ExportTooLargeError, ArchiveForeignError, ArchiveDamagedError, ArchiveNewerError, ArchiveOtherBaseError
 */
export async function readExport(file: string, modelPath: string): Promise<ReadExport> {
  const archive = openArchive(file, readBytes(file));
  const baseModelId = await generalReaderId(modelPath);
  const content = readArchive(archive, baseModelId);
  for (const { formatVersion, blobs, report } of content.versions) {
    try {
      decodeProfile(formatVersion, blobs);
      decodeLearnedPrompts(blobs);
      reportShape.parse(report);
    } catch (cause) {
      if (cause instanceof ProfileFormatError) throw new ArchiveNewerError(file);
      throw new ArchiveDamagedError(file, said("what was learned cannot be read"), cause);
    }
  }
  return { archive, content, baseModelId };
}

/** The two profiles of which one is to be chosen; undefined where there is nothing to choose. */
export function choiceOfProfiles(store: Store, { archive, content }: ReadExport) {
  return profilesToChooseFrom(store, store.writers.named(archive.manifest.writer.name), content);
}

/**
 * Takes an exported file into a store.
 *
 * @throws ProfileChoiceError, LearnerBusyError, LearnerRunningError
 */
export async function importExport(
  store: Store,
  { archive, baseModelId }: ReadExport,
  profile: ProfileChoice | undefined,
): Promise<Imported> {
  await waitForTheDead(store.lease, Date.now);
  return importWriter(store, archive, { baseModelId, profile });
}

function readBytes(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > largestFileBytes) throw new ExportTooLargeError(file);
    return readFileSync(file);
  } catch (cause) {
    throw cause instanceof ExportTooLargeError ? cause : new FileUnreadableError(file, cause);
  }
}
