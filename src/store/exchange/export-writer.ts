import type { Correction } from "../corrections/correction.ts";
import { entryOf } from "../corrections/correction-rows.ts";
import { entryLine, withdrawalLine } from "../corrections/mirror-line.ts";
import type { ChosenFiles, Writer } from "../repositories/writers.ts";
import type { Store } from "../store.ts";
import { packArchive } from "./archive.ts";
import type { KeptTag } from "./archive-shapes.ts";
import { documentsOf } from "./keep-document.ts";

export interface ExportOptions {
  /** Sentences, titles and tags of the documents come along, and what was read of them. */
  readonly withText: boolean;
  /** Version of Idiolect. */
  readonly madeBy: string;
}

/** What an export holds. */
export interface Exported {
  readonly bytes: Uint8Array;
  readonly lessons: number;
  readonly acceptedTags: number;
  readonly profileVersions: number;
  readonly documents: number;
}

/** Names of an archive's files. */
export const archiveNames = {
  lessons: "lessons.jsonl",
  acceptedTags: "accepted-tags.json",
  /** Absent where no tag was renamed. */
  renamedTags: "renamed-tags.json",
  versions: "profiles.json",
  blob: (version: string, name: string): string => `profiles/${version}/${name}`,
  documents: (part: number): string => `documents/${part}.jsonl`,
} as const;

/** So that no text in memory is longer than one may be. */
const documentsPerPart = 200;

/**
 * All that was learned of a writer as the bytes of one file. Without text it holds no sentence of a document: lessons
 * name theirs by their hashes alone, and documents are left out.
 */
export function exportWriter(store: Store, writer: Writer, { withText, madeBy }: ExportOptions): Exported {
  const corrections = store.corrections.list(writer.id);
  const tags = store.acceptedTags.list(writer.id);
  const renamed = store.renamedTags.list(writer.id);
  const versions = fittingVersions(store, writer);
  const active = versions.find(({ isActive }) => isActive);
  const documents = withText ? [...documentsOf(store, writer, active?.baseModelId, active?.id)] : [];
  const chosenFiles = store.writers.chosenFiles(writer.id);
  const contents = new Map<string, Uint8Array>([
    [archiveNames.lessons, lessonLines(store, writer, withText ? corrections : corrections.map(withoutText))],
    [archiveNames.acceptedTags, asBytes(JSON.stringify(tags.map(keptTag)))],
    ...(renamed.length === 0 ? [] : [[archiveNames.renamedTags, asBytes(JSON.stringify(renamed))] as const]),
    [
      archiveNames.versions,
      asBytes(
        JSON.stringify(versions.map(({ blobs, ...version }) => ({ ...version, blobs: Object.keys(blobs) }))),
      ),
    ],
    ...versions.flatMap(({ id, blobs }) =>
      Object.entries(blobs).map(([name, content]) => [archiveNames.blob(id, name), content] as const),
    ),
    ...inParts(documents).map(
      (part, at) =>
        [
          archiveNames.documents(at + 1),
          asBytes(part.map((document) => `${JSON.stringify(document)}\n`).join("")),
        ] as const,
    ),
  ]);
  const about = {
    madeBy,
    madeMs: store.database.clock(),
    writer: { name: writer.name, createdMs: writer.createdMs },
    withText,
    ...(chosenFiles === undefined ? {} : { chosenFiles: withoutFolders(chosenFiles) }),
  };
  return {
    bytes: packArchive(about, contents),
    lessons: corrections.length,
    acceptedTags: tags.length,
    profileVersions: versions.length,
    documents: documents.length,
  };
}

/** Those of the base model of the version in use: no other can be gone back to. */
function fittingVersions({ profileVersions }: Store, { id }: Writer) {
  const all = profileVersions.list(id);
  const baseModelId = (all.find(({ isActive }) => isActive) ?? all[0])?.baseModelId;
  return all
    .filter((version) => version.baseModelId === baseModelId)
    .map((version) => ({ ...version, blobs: profileVersions.blobs(version.id) }));
}

function lessonLines(store: Store, writer: Writer, corrections: readonly Correction[]): Uint8Array {
  const lines = [
    ...corrections.map((correction) => entryLine(entryOf(correction, writer.name))),
    ...store.corrections.withdrawn(writer.id).map((id) => withdrawalLine(id, writer.name)),
  ];
  return asBytes(lines.map((line) => `${line}\n`).join(""));
}

function withoutText(correction: Correction): Correction {
  const { lesson } = correction;
  return lesson.kind === "tone" ? { ...correction, lesson: { ...lesson, sentence: "" } } : correction;
}

/** Folders are those of one machine, and nobody on another has agreed to them. */
const withoutFolders = ({ leaveOut: _, byFolder: __, ...files }: ChosenFiles): ChosenFiles => files;

function keptTag({
  path,
  textHash,
  sentences,
  tag,
  acceptedMs,
}: ReturnType<Store["acceptedTags"]["list"]>[number]): KeptTag {
  return { path, textHash, sentencesBase64: Buffer.from(sentences).toString("base64"), tag, acceptedMs };
}

function inParts<T>(all: readonly T[]): readonly (readonly T[])[] {
  const parts = Math.ceil(all.length / documentsPerPart);
  return Array.from({ length: parts }, (_, at) =>
    all.slice(at * documentsPerPart, (at + 1) * documentsPerPart),
  );
}

const asBytes = (text: string): Uint8Array => Buffer.from(text, "utf8");
