import AdmZip from "adm-zip";
import { z } from "zod";
import { said } from "../../said/said.ts";
import { checkJson, withChecksum } from "../checked-json.ts";
import { sha256 } from "../database/named-blobs.ts";
import { type ArchiveManifest, archiveFormat, archiveVersion, manifestShape } from "./archive-shapes.ts";
import { ArchiveDamagedError, ArchiveForeignError, ArchiveNewerError } from "./errors.ts";

/** The one file that *Export* makes: a ZIP whose first file lists all others with their checksums. */
export interface Archive {
  /** As the user named it, for messages. */
  readonly file: string;
  readonly manifest: ArchiveManifest;
  /** Contents by name; all of them have the checksum of the manifest. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** What is packed, without what follows from it. */
export type NewManifest = Omit<ArchiveManifest, "format" | "version" | "files">;

const manifestName = "manifest.json";
/** ZIP's 'local file header', with which such a file begins. */
const zipMark = "PK\u0003\u0004";
/** More is never written: text and vectors of 16,000 notes are some 300 MB. */
const largestContentBytes = 2 ** 31 - 1;

export function packArchive(about: NewManifest, contents: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const files = [...contents].map(([name, content]) => ({
    name,
    bytes: content.length,
    sha256: sha256(content),
  }));
  const zip = new AdmZip();
  const manifest = withChecksum({ format: archiveFormat, version: archiveVersion, ...about, files });
  zip.addFile(manifestName, Buffer.from(manifest));
  for (const [name, content] of contents) zip.addFile(name, Buffer.from(content));
  return zip.toBuffer();
}

/**
 * Reads an archive whole and compares it with its checksums.
 *
 * @throws ArchiveForeignError, ArchiveDamagedError, ArchiveNewerError
 */
export function openArchive(file: string, bytes: Uint8Array): Archive {
  if (Buffer.from(bytes.subarray(0, 4)).toString("latin1") !== zipMark) throw new ArchiveForeignError(file);
  const packed = unzip(file, bytes);
  const manifest = readManifest(file, packed.get(manifestName)?.());
  if (packed.size !== manifest.files.length + 1) {
    throw new ArchiveDamagedError(file, said("it does not hold the files that it lists"));
  }
  const contents = new Map(
    manifest.files.map(({ name, bytes: size, sha256: checksum }) => {
      const content = packed.get(name)?.();
      if (content?.length !== size || sha256(content) !== checksum) {
        throw new ArchiveDamagedError(file, said("the checksum of {0} does not fit", name));
      }
      return [name, content] as const;
    }),
  );
  return { file, manifest, contents };
}

/** The content of a file of the archive; ArchiveDamagedError where there is none of this name. */
export function contentOf({ file, contents }: Archive, name: string): Uint8Array {
  const content = contents.get(name);
  if (content === undefined) throw new ArchiveDamagedError(file, said("{0} is missing", name));
  return content;
}

/** A file of the archive that holds JSON. */
export function jsonOf<T>(archive: Archive, name: string, shape: z.ZodType<T>): T {
  return parseJson(archive.file, name, Buffer.from(contentOf(archive, name)).toString("utf8"), shape);
}

/** A file of the archive that holds an object of JSON in each of its lines. */
export function* jsonLinesOf<T>(archive: Archive, name: string, shape: z.ZodType<T>): Generator<T> {
  for (const line of linesOf(archive, name)) yield parseJson(archive.file, name, line, shape);
}

export function linesOf(archive: Archive, name: string): readonly string[] {
  const text = Buffer.from(contentOf(archive, name)).toString("utf8");
  return text.split("\n").filter((line) => line !== "");
}

function parseJson<T>(file: string, name: string, text: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new ArchiveDamagedError(file, said("{0} holds something else than it should", name), cause);
  }
}

/** Names with what unpacks each. Nothing is unpacked to more than its header says, and not to more than is ever written. */
function unzip(file: string, bytes: Uint8Array): ReadonlyMap<string, () => Uint8Array> {
  const unpacked = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw new ArchiveDamagedError(file, said("it cannot be unpacked"), cause);
    }
  };
  return unpacked(() => {
    const entries = new AdmZip(Buffer.from(bytes)).getEntries();
    const total = entries.reduce((sum, { header }) => sum + header.size, 0);
    if (total > largestContentBytes) throw new RangeError(`${total} bytes`);
    return new Map(entries.map((entry) => [entry.entryName, () => unpacked(() => entry.getData())]));
  });
}

const markShape = z.object({ format: z.literal(archiveFormat), version: z.number() });

function readManifest(file: string, content: Uint8Array | undefined): ArchiveManifest {
  if (content === undefined) throw new ArchiveForeignError(file);
  const checked = checkJson(Buffer.from(content).toString("utf8"));
  if (checked.kind === "damaged")
    throw new ArchiveDamagedError(file, said("the checksum of its list does not fit"));
  const found = jsonOrNothing(checked.text);
  const mark = markShape.safeParse(found);
  if (!mark.success) throw new ArchiveForeignError(file, mark.error);
  if (mark.data.version > archiveVersion) throw new ArchiveNewerError(file);
  const manifest = manifestShape.safeParse(found);
  if (checked.kind === "unchecked" || !manifest.success) {
    throw new ArchiveDamagedError(file, said("its list cannot be read"), manifest.error);
  }
  return manifest.data;
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
