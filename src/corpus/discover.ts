import { FolderUnreadableError } from "./errors.ts";
import type { FileGlobs, FileSource, FoundFile } from "./file-source.ts";

/** Endings that are read: Markdown in its usual spellings, and plain text. */
export const DEFAULT_INCLUDE: readonly string[] = ["**/*.{md,markdown,mdown,mkd,mdx,txt}"];

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

export interface Discovery {
  /** In order of path, each file once. */
  readonly files: readonly FoundFile[];
  readonly failures: readonly FolderUnreadableError[];
}

/** Finds the files of a corpus below some folders, in order of path. */
export async function discoverFiles(
  folders: readonly string[],
  globs: FileGlobs,
  source: FileSource,
): Promise<Discovery> {
  const found: FoundFile[] = [];
  const failures: FolderUnreadableError[] = [];
  for (const folder of folders) {
    try {
      found.push(...(await source.list(folder, globs)));
    } catch (cause) {
      failures.push(new FolderUnreadableError(folder, cause));
    }
  }
  return { files: eachOnce(found), failures };
}

function eachOnce(found: readonly FoundFile[]): readonly FoundFile[] {
  const files = new Map<string, FoundFile>();
  for (const file of found.toSorted((a, b) => comparePaths(a.path, b.path))) {
    if (!files.has(file.identity)) files.set(file.identity, file);
  }
  return [...files.values()];
}

/** Order by code unit, so that it is the same on every machine. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
