import { said } from "../../said/said.ts";
import type { Correction } from "../corrections/correction.ts";
import { correctionIn } from "../corrections/correction-rows.ts";
import type { MergedCorrections } from "../corrections/corrections.ts";
import { parseLine } from "../corrections/mirror-line.ts";
import type { ForeignVersion, ProfileVersion } from "../repositories/profile-versions.ts";
import type { Writer } from "../repositories/writers.ts";
import type { Store } from "../store.ts";
import { type Archive, contentOf, jsonLinesOf, jsonOf, linesOf } from "./archive.ts";
import { keptDocumentShape, keptRenamingsShape, keptTagsShape, keptVersionsShape } from "./archive-shapes.ts";
import {
  ArchiveDamagedError,
  ArchiveNewerError,
  ArchiveOtherBaseError,
  ProfileChoiceError,
} from "./errors.ts";
import { archiveNames } from "./export-writer.ts";
import { keepDocument } from "./keep-document.ts";

/** Which of two profiles of one writer is used after an import: the one that was here, or the one in the file. */
export type ProfileChoice = "here" | "file";

export interface ImportOptions {
  /** Names the general reading here: profiles of another fit nothing. */
  readonly baseModelId: string;
  /** Absent: there is to be nothing to choose. */
  readonly profile?: ProfileChoice | undefined;
}

/** What an archive holds of learned versions, and what an import would meet. */
export interface ArchiveContent {
  readonly versions: readonly (ForeignVersion & Pick<ProfileVersion, "isActive">)[];
  readonly lessons: readonly Correction[];
  readonly withdrawn: readonly string[];
}

export interface Imported {
  readonly writer: string;
  /** Nobody of this name was here before. */
  readonly isNew: boolean;
  readonly lessons: MergedCorrections;
  /** How many were not known here. */
  readonly acceptedTags: number;
  readonly profileVersions: number;
  readonly documents: number;
  /** Where the profile comes from that is used now; absent where nothing was learned on either side. */
  readonly profileInUse?: ProfileChoice;
}

/**
 * What an archive holds, parsed and compared with its checksums.
 *
 * @throws ArchiveDamagedError, ArchiveNewerError, ArchiveOtherBaseError
 */
export function readArchive(archive: Archive, baseModelId: string): ArchiveContent {
  const { file } = archive;
  const versions = jsonOf(archive, archiveNames.versions, keptVersionsShape).map(({ blobs, ...version }) => ({
    ...version,
    blobs: Object.fromEntries(
      blobs.map((name) => [name, contentOf(archive, archiveNames.blob(version.id, name))]),
    ),
  }));
  if (versions.some((version) => version.baseModelId !== baseModelId)) throw new ArchiveOtherBaseError(file);
  const lines = linesOf(archive, archiveNames.lessons).map(parseLine);
  if (lines.some(({ kind }) => kind === "newer")) throw new ArchiveNewerError(file);
  if (lines.some(({ kind }) => kind === "damaged"))
    throw new ArchiveDamagedError(file, said("a lesson cannot be read"));
  return {
    versions,
    lessons: lines.flatMap((line) => (line.kind === "entry" ? [correctionIn(line.entry)] : [])),
    withdrawn: lines.flatMap((line) => (line.kind === "withdrawal" ? [line.id] : [])),
  };
}

/** The profiles between which the writer has to choose; undefined where there is one at most, or they are the same. */
export function profilesToChooseFrom(
  store: Store,
  writer: Writer | undefined,
  { versions }: ArchiveContent,
): { readonly here: ProfileVersion; readonly file: ArchiveContent["versions"][number] } | undefined {
  const here = writer && store.profileVersions.active(writer.id);
  const file = versions.find(({ isActive }) => isActive);
  return here === undefined || file === undefined || here.id === file.id ? undefined : { here, file };
}

/**
 * Takes an archive into the store, all of it or nothing. Lessons are merged with those that are here, documents are
 * taken in whose text is not here, and of two profiles the chosen one is used from now on.
 *
 * @throws as `readArchive`, ProfileChoiceError, LearnerRunningError
 */
export function importWriter(store: Store, archive: Archive, options: ImportOptions): Imported {
  const content = readArchive(archive, options.baseModelId);
  const { name, createdMs } = archive.manifest.writer;
  const release = store.lease.hold();
  try {
    return store.inTransaction(() => {
      const former = store.writers.named(name);
      const choice = profilesToChooseFrom(store, former, content);
      if (choice !== undefined && options.profile === undefined) throw new ProfileChoiceError(name);
      const writer = former ?? store.writers.ensure(name, createdMs);
      keepChosenFiles(store, writer, archive);
      store.renamedTags.merge(writer.id, renamedTagsOf(archive));
      return {
        writer: name,
        isNew: former === undefined,
        ...takeVersions(store, writer, content, options.profile),
        lessons: store.corrections.merge(writer.id, content.lessons, content.withdrawn),
        acceptedTags: store.acceptedTags.merge(writer.id, acceptedTagsOf(archive)),
        documents: takeDocuments(store, writer, archive),
      };
    });
  } finally {
    release();
  }
}

function keepChosenFiles({ writers }: Store, { id }: Writer, { manifest: { chosenFiles } }: Archive): void {
  if (chosenFiles !== undefined && writers.chosenFiles(id) === undefined)
    writers.setChosenFiles(id, chosenFiles);
}

function takeVersions(
  store: Store,
  writer: Writer,
  { versions }: ArchiveContent,
  choice: ProfileChoice | undefined,
): Pick<Imported, "profileVersions" | "profileInUse"> {
  const here = store.profileVersions.active(writer.id);
  const file = versions.find(({ isActive }) => isActive);
  const fromFile = file !== undefined && (here === undefined || choice === "file");
  const alsoKept = [here, file].flatMap((version) => version?.id ?? []);
  const added = store.profileVersions.merge(writer.id, versions, fromFile ? file.id : undefined, alsoKept);
  const inUse = fromFile ? "file" : here === undefined ? undefined : "here";
  return { profileVersions: added, ...(inUse === undefined ? {} : { profileInUse: inUse }) };
}

function acceptedTagsOf(archive: Archive) {
  return jsonOf(archive, archiveNames.acceptedTags, keptTagsShape).map(({ sentencesBase64, ...tag }) => ({
    ...tag,
    sentences: new Uint8Array(Buffer.from(sentencesBase64, "base64")),
  }));
}

function renamedTagsOf(archive: Archive) {
  return archive.contents.has(archiveNames.renamedTags)
    ? jsonOf(archive, archiveNames.renamedTags, keptRenamingsShape)
    : [];
}

/** A document that is here, at the same place or with the same text elsewhere, stays as it was read here. */
function takeDocuments(store: Store, writer: Writer, archive: Archive): number {
  const known = store.documents.fingerprints(writer.id);
  const hashes = new Set([...known.values()].map(({ hash }) => hash));
  let taken = 0;
  for (const name of archive.contents.keys()) {
    if (!name.startsWith("documents/")) continue;
    for (const document of jsonLinesOf(archive, name, keptDocumentShape)) {
      if (known.has(document.path) || hashes.has(document.hash)) continue;
      keepDocument(store, writer, document);
      taken += 1;
    }
  }
  return taken;
}
