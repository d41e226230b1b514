import { type CorpusError, FolderUnreadableError } from "../errors.ts";
import { globFor, searchedEndings } from "../formats/formats.ts";
import type { FileGlobs } from "./contained-globs.ts";
import type { FileSource, FoundFile } from "./file-source.ts";
import { comparePaths, innermostAround, locateFolders, type Places } from "./paths.ts";

/** Files that are read where no others are asked for. */
export const DEFAULT_INCLUDE: readonly string[] = [globFor(searchedEndings)];

/** Folders that hold other people's text or machine-made files. */
export const DEFAULT_EXCLUDE: readonly string[] = [
  "node_modules",
  "bower_components",
  ".git",
  "vendor",
  "vendored",
  "third_party",
  "third-party",
  "_site",
  "dist",
  "build",
  "out",
  "target",
  ".venv",
  "venv",
  "site-packages",
  "__pycache__",
].map((folder) => `**/${folder}/**`);

/** Larger files are lists, logs or exports rather than documents. */
export const DEFAULT_MAX_FILE_SIZE_BYTES = 5_000_000;

/** Which files are found. */
export interface CorpusGlobs extends FileGlobs {
  /** Of folders that have others: what lies in one of them is found by these alone, the innermost's. */
  readonly byFolder?: Readonly<Record<string, FileGlobs>> | undefined;
}

export interface Discovery {
  /** In order of path, each file once. */
  readonly files: readonly FoundFile[];
  /** Folders that cannot be listed, or lie elsewhere now. */
  readonly failures: readonly CorpusError[];
  /** Links and patterns that lead out of the folders. */
  readonly refused: readonly CorpusError[];
  /** Where the folders really lie: what is read has to lie in one of them. */
  readonly within: readonly string[];
}

/**
 * Finds the files of a corpus below some folders, in order of path.
 *
 * @param chosen where folders lay when they were chosen; one that lies elsewhere now is a failure
 */
export async function discoverFiles(
  folders: readonly string[],
  globs: CorpusGlobs,
  source: FileSource,
  chosen: Places = {},
): Promise<Discovery> {
  const found: FoundFile[] = [];
  const { within, redirected } = await locateFolders(folders, source, chosen);
  const failures: CorpusError[] = [...redirected];
  const refused: CorpusError[] = [];
  const { byFolder } = globs;
  for (const folder of folders) {
    if (redirected.some(({ path }) => path === folder)) continue;
    try {
      const listing = await source.list(folder, byFolder?.[folder] ?? globs, within);
      const isOwn = ({ path }: FoundFile) =>
        byFolder === undefined || innermostAround(folders, path) === folder;
      found.push(...listing.files.filter(isOwn));
      refused.push(...listing.refused);
    } catch (cause) {
      failures.push(new FolderUnreadableError(folder, cause));
    }
  }
  return { files: eachOnce(found), failures, refused, within };
}

/** In order of path; of several paths that lead to one file the one without links, else the first. */
function eachOnce(found: readonly FoundFile[]): readonly FoundFile[] {
  const files = new Map<string, FoundFile>();
  const isPlain = ({ path, identity }: FoundFile) => path === identity.replaceAll("\\", "/");
  for (const file of found.toSorted((a, b) => comparePaths(a.path, b.path))) {
    const known = files.get(file.identity);
    if (known === undefined || (isPlain(file) && !isPlain(known))) files.set(file.identity, file);
  }
  return [...files.values()].sort((a, b) => comparePaths(a.path, b.path));
}
