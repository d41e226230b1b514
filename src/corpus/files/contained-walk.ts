import { type Dirent, readdir as readFolder } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { posix } from "node:path";
import type { FileSystemAdapter } from "tinyglobby";
import { isWithin } from "./paths.ts";

type Listed = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

/**
 * A file system for the glob library in which there is nothing outside of some folders. Links are told apart by
 * where they lead: a file is listed (reading it looks again), a folder is walked once if it lies inside, and
 * noted in `leadingOut` if not. A link below a link is not walked, so circles end.
 */
export class ContainedWalk {
  /** Links to folders outside that the globs would have walked, with what they lead to. */
  readonly leadingOut = new Map<string, string>();
  readonly #within: readonly string[];
  readonly #links = new Set<string>();

  /** @param within real paths of folders */
  constructor(within: readonly string[]) {
    this.#within = within;
  }

  get adapter(): FileSystemAdapter {
    const readdir = (folder: string, _options: unknown, listed: Listed) => {
      this.#list(folder).then(
        (entries) => listed(null, entries),
        (cause: NodeJS.ErrnoException) => listed(cause, []),
      );
    };
    // Of the many ways in which `readdir` may be called, the library uses this one.
    return { readdir: readdir as unknown as typeof readFolder };
  }

  async #list(folder: string): Promise<Dirent[]> {
    const real = await realpath(folder);
    const path = posix.normalize(folder).replace(/(.)\/$/, "$1");
    if (!this.#within.some((allowed) => isWithin(allowed, real))) {
      this.leadingOut.set(path, real);
      return [];
    }
    const isBelowLink = [...this.#links].some((link) => link !== path && isWithin(link, path));
    const entries = await entriesOf(folder);
    const listed = entries.map((entry) => this.#resolve(path, entry, isBelowLink || this.#links.has(path)));
    return (await Promise.all(listed)).filter((entry) => entry !== undefined);
  }

  async #resolve(folder: string, entry: Dirent, isBelowLink: boolean): Promise<Dirent | undefined> {
    if (entry.isDirectory()) return entry;
    // Pipes and devices are listed as well, so that reading them tells what they are.
    if (!entry.isSymbolicLink()) return entry.isFile() ? entry : seenAs(entry, "file");
    const path = posix.join(folder, entry.name);
    const isFolder = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isFolder) return seenAs(entry, "file");
    if (isBelowLink) return undefined;
    this.#links.add(path);
    return seenAs(entry, "folder");
  }
}

function entriesOf(folder: string): Promise<Dirent[]> {
  return new Promise((resolve, reject) => {
    readFolder(folder, { withFileTypes: true }, (error, entries) => {
      if (error === null) resolve(entries);
      else reject(error);
    });
  });
}

/** The entry as if it were what it leads to. */
function seenAs(entry: Dirent, kind: "file" | "folder"): Dirent {
  return Object.assign(Object.create(entry) as Dirent, {
    isFile: () => kind === "file",
    isDirectory: () => kind === "folder",
    isSymbolicLink: () => false,
  });
}
