import { posix } from "node:path";
import type { FileGlobs } from "../../src/corpus/files/contained-globs.ts";
import type { FileSource, Listing } from "../../src/corpus/files/file-source.ts";

interface MemoryFile {
  readonly content: string | Uint8Array | Error;
  readonly modifiedMs?: number;
  /** Told instead of the real size, for files too large to make. */
  readonly bytes?: number;
}

/** Files in memory, below folders that exist where a file is in them. Remembers what was read. */
export class MemoryFileSource implements FileSource {
  readonly readPaths: string[] = [];
  readonly #files: ReadonlyMap<string, MemoryFile>;

  constructor(files: Readonly<Record<string, string | Uint8Array | Error | MemoryFile>>) {
    this.#files = new Map(
      Object.entries(files).map(([path, file]) => [path, isContent(file) ? { content: file } : file]),
    );
  }

  async realPath(folder: string): Promise<string> {
    return folder;
  }

  async list(folder: string, { include, exclude }: FileGlobs): Promise<Listing> {
    const there = [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`));
    if (there.length === 0) throw new Error("no such folder");
    const matches = (path: string) => (glob: string) =>
      posix.matchesGlob(path.slice(folder.length + 1), glob);
    const paths = there.filter((path) => include.some(matches(path)) && !exclude.some(matches(path)));
    const files = paths.map((path) => ({ path, identity: path, ...this.#statistics(path) }));
    return { files, refused: [] };
  }

  async read(path: string): Promise<Uint8Array> {
    this.readPaths.push(path);
    const content = this.#files.get(path)?.content ?? new Error("no such file");
    if (content instanceof Error) throw content;
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  }

  #statistics(path: string): { bytes: number; modifiedMs: number } {
    const file = this.#files.get(path);
    const content = file?.content ?? "";
    const length = content instanceof Error ? 0 : content.length;
    return { bytes: file?.bytes ?? length, modifiedMs: file?.modifiedMs ?? 0 };
  }
}

function isContent(file: string | Uint8Array | Error | MemoryFile): file is string | Uint8Array | Error {
  return typeof file === "string" || file instanceof Uint8Array || file instanceof Error;
}
