import { Buffer } from "node:buffer";
import { pathToFileURL } from "node:url";
import { CorpusError } from "../../corpus/errors.ts";
import { decodeText } from "../../corpus/files/decode.ts";
import { DEFAULT_EXCLUDE, DEFAULT_INCLUDE, discoverFiles } from "../../corpus/files/discover.ts";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import { isWithin } from "../../corpus/files/paths.ts";
import { readRegularFile } from "../../corpus/files/read-regular-file.ts";
import { refused } from "../../front-matter/tags/edit/refusals.ts";
import { type Said, said } from "../../said/said.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { documentOf } from "./synced-documents.ts";

/** A document, open or not, or why the editor must not change it. */
export type FileDocument =
  | { readonly kind: "document"; readonly document: OpenDocument; readonly isOpen: boolean }
  | {
      readonly kind: "refused";
      readonly reason: Said;
      readonly advice: Said;
      /** What it says, where that can be read. */
      readonly document?: OpenDocument;
    };

/** The document at a path as the editor has it, else as it lies on the disk. */
export async function fileDocument(
  { documents, settings }: Pick<ServerContext, "documents" | "settings">,
  path: string,
): Promise<FileDocument> {
  const open = documents.at(path);
  if (open !== undefined) return { kind: "document", document: open, isOpen: true };
  try {
    const maximumBytes = settings(path).corpus.maximumFileSize * 1e6;
    const bytes = await readRegularFile(path, { maximumBytes });
    const decoded = decodeText(bytes);
    if (decoded.kind === "binary")
      return refused(said("The file holds no text."), said("Leave it as it is."));
    const { source } = decoded;
    // As editors have it, without its byte order mark.
    const document = documentOf(pathToFileURL(path).href, "", 0, source.replace(/^\uFEFF/, ""));
    if (!Buffer.from(source, "utf8").equals(bytes))
      return { ...refused(said("The file is not in UTF-8."), said("Save it as UTF-8 first.")), document };
    return hasMixedLineEnds(source)
      ? { ...refusedMixed(), document }
      : { kind: "document", document, isOpen: false };
  } catch (cause) {
    if (cause instanceof CorpusError) return refused(said("{0}.", cause.told.message), cause.told.advice);
    throw cause;
  }
}

function hasMixedLineEnds(source: string): boolean {
  const [first] = /\r\n|\n|\r/.exec(source) ?? [];
  return first !== undefined && source.replaceAll(first, "").search(/[\r\n]/) >= 0;
}

const refusedMixed = () =>
  refused(
    said("Its line ends are of several kinds, of which the editor would make one."),
    said("Open it, choose its line ends at the lower right, and save it."),
  );

/**
 * Paths of the documents that lie together with one: in the folders that the editor has open, else in those of its
 * writer; in order of path.
 */
export async function pathsAround(
  context: Pick<ServerContext, "folders" | "host" | "settings">,
  path: string | undefined,
): Promise<readonly string[]> {
  const writer = path === undefined ? undefined : context.host.writerOf(path);
  const open = context.folders();
  const own = writer?.folders.filter((folder) => path !== undefined && isWithin(folder, path)) ?? [];
  return documentPaths(context, open.length > 0 ? open : own);
}

/** Paths of the documents below folders, as the settings of each choose them; in order of path. */
export async function documentPaths(
  { settings }: Pick<ServerContext, "settings">,
  folders: readonly string[],
): Promise<readonly string[]> {
  const paths = new Set<string>();
  for (const folder of folders) {
    const { include, exclude } = settings(folder).corpus;
    const globs = {
      include: include.length === 0 ? DEFAULT_INCLUDE : include,
      exclude: [...DEFAULT_EXCLUDE, ...exclude],
    };
    const { files } = await discoverFiles([folder], globs, diskFileSource);
    for (const file of files) paths.add(file.path);
  }
  return [...paths].toSorted();
}
