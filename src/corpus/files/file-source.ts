import type { Stats } from "node:fs";
import { lstat, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { glob } from "tinyglobby";
import { type CorpusError, LeadsOutError, PatternLeadsOutError } from "../errors.ts";
import { canonicalPath } from "./canonical-path.ts";
import { containGlobs, type FileGlobs } from "./contained-globs.ts";
import { ContainedWalk } from "./contained-walk.ts";
import type { PathResolver } from "./paths.ts";
import { type ReadLimits, readRegularFile } from "./read-regular-file.ts";

/** A file that may hold a document. */
export interface FoundFile {
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** The same for two paths that lead to one file (through a symbolic link). */
  readonly identity: string;
}

/** What was found in a folder. */
export interface Listing {
  readonly files: readonly FoundFile[];
  /** Links and patterns that lead out of the folders, and were not followed. */
  readonly refused: readonly CorpusError[];
}

/** Where files come from. Tests and editors bring their own. */
export interface FileSource extends PathResolver {
  /**
   * Files below a folder that match; a path of a file gives that file, whatever the globs. Nothing is listed
   * that does not really lie in a folder of `within`. Rejects when the folder itself cannot be listed.
   */
  list(folder: string, globs: FileGlobs, within: readonly string[]): Promise<Listing>;
  /** Throws CorpusError for what is no regular file, is too large, or really lies elsewhere. */
  read(path: string, limits: ReadLimits): Promise<Uint8Array>;
}

/** Files of this machine. Symbolic links are followed as far as they stay within; loops end. */
export const diskFileSource: FileSource = {
  realPath: (folder) => realpath(folder),
  async list(folder, globs, within) {
    const root = canonicalPath(folder);
    const stats = await stat(root);
    if (!stats.isDirectory()) return { files: await describe([root]), refused: [] };
    const contained = containGlobs(root, globs);
    const walk = new ContainedWalk(within);
    const found = await glob(contained.include, {
      cwd: root,
      ignore: contained.exclude,
      absolute: true,
      caseSensitiveMatch: false,
      dot: false,
      expandDirectories: false,
      fs: walk.adapter,
    });
    const refused = [
      ...contained.refused.map((pattern) => new PatternLeadsOutError(root, pattern)),
      ...[...walk.leadingOut].sort().map(([link, real]) => new LeadsOutError(link, real)),
    ];
    return { files: await describe(found), refused };
  },
  read: readRegularFile,
};

/** Files that are looked at together: one after the other takes twice the processor time, and on a server's disk waits for each. */
const lookedAtTogether = 64;

async function describe(paths: readonly string[]): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = [];
  const folders = new Map<string, Promise<string>>();
  for (let at = 0; at < paths.length; at += lookedAtTogether) {
    const together = paths.slice(at, at + lookedAtTogether);
    files.push(...(await Promise.all(together.map((file) => describeFile(file, folders)))));
  }
  return files;
}

async function describeFile(file: string, folders: Map<string, Promise<string>>): Promise<FoundFile> {
  const { stats, identity } = await identify(file, folders);
  return {
    path: file.replaceAll("\\", "/"),
    bytes: stats?.size ?? 0,
    modifiedMs: stats?.mtimeMs ?? 0,
    identity,
  };
}

/**
 * A dangling link, or a file gone since it was listed, is found again when it is read and told then.
 *
 * @param folders where folders really lie, as far as they were asked for: asking for each file would take as long as all else
 */
async function identify(
  file: string,
  folders: Map<string, Promise<string>>,
): Promise<{ stats?: Stats; identity: string }> {
  try {
    const stats = await lstat(file);
    if (stats.isSymbolicLink()) return { stats: await stat(file), identity: await realpath(file) };
    const folder = dirname(file);
    const real = folders.get(folder) ?? realpath(folder);
    folders.set(folder, real);
    return { stats, identity: join(await real, basename(file)) };
  } catch {
    return { identity: file };
  }
}
