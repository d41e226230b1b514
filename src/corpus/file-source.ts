import type { Stats } from "node:fs";
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { glob } from "tinyglobby";

/** A file that may hold a document. */
export interface FoundFile {
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** The same for two paths that lead to one file (through a symbolic link). */
  readonly identity: string;
}

export interface FileGlobs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Where files come from. Tests and editors bring their own. */
export interface FileSource {
  /**
   * Files below a folder that match; a path of a file gives that file, whatever the globs.
   * Rejects when the folder itself cannot be listed.
   */
  list(folder: string, globs: FileGlobs): Promise<readonly FoundFile[]>;
  read(path: string): Promise<Uint8Array>;
}

/** Files of this machine. Symbolic links are followed; loops end. */
export const diskFileSource: FileSource = {
  async list(folder, globs) {
    const root = path.resolve(folder);
    if ((await stat(root)).isFile()) return describe([root]);
    const found = await glob([...globs.include], {
      cwd: root,
      ignore: [...globs.exclude],
      absolute: true,
      caseSensitiveMatch: false,
      dot: false,
      expandDirectories: false,
    });
    return describe(found);
  },
  read: (file) => readFile(file),
};

async function describe(paths: readonly string[]): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = [];
  for (const file of paths) {
    const { stats, identity } = await identify(file);
    files.push({
      path: file.replaceAll("\\", "/"),
      bytes: stats?.size ?? 0,
      modifiedMs: stats?.mtimeMs ?? 0,
      identity,
    });
  }
  return files;
}

/** A dangling link, or a file gone since it was listed, is found again when it is read and told then. */
async function identify(file: string): Promise<{ stats?: Stats; identity: string }> {
  try {
    return { stats: await stat(file), identity: await realpath(file) };
  } catch {
    return { identity: file };
  }
}
