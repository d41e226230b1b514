import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { asStoreError } from "../errors.ts";
import { type MirrorLine, parseLine } from "./mirror-line.ts";

const newline = "\n".charCodeAt(0);

/**
 * The corrections once more, in a small file of JSON lines beside the database, so that they survive its loss.
 * Whoever writes holds the database's write lock; that keeps two processes apart.
 */
export class CorrectionsMirror {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Adds lines and returns when they are on the disk. If that fails, the file is left as it was.
   *
   * @returns whether the file was there before
   */
  append(lines: readonly string[]): boolean {
    return this.#guard(() => {
      const file = openSync(this.path, "a+", 0o600);
      try {
        const { size } = fstatSync(file);
        const torn = size > 0 && lastByte(file, size) !== newline;
        try {
          writeFileSync(file, `${torn ? "\n" : ""}${lines.join("\n")}\n`);
          fsyncSync(file);
        } catch (cause) {
          ftruncateSync(file, size);
          throw cause;
        }
        if (size === 0) syncFolder(dirname(this.path));
        return size > 0;
      } finally {
        closeSync(file);
      }
    });
  }

  /** All lines; none where there is no file. */
  read(): readonly MirrorLine[] {
    return this.#guard(() =>
      textOf(this.path)
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map(parseLine),
    );
  }

  /** Writes the file anew with only the lines to keep, and others after them, as `replace` does. */
  keepOnly(isKept: (line: MirrorLine) => boolean, added: readonly string[] = []): void {
    const kept = this.read().filter(isKept);
    this.replace([...kept.map(({ text }) => text), ...added]);
  }

  /** Writes the file anew in one step: a crash leaves the old file or the new one. */
  replace(lines: readonly string[]): void {
    this.#guard(() => {
      const fresh = `${this.path}.new`;
      if (lines.length === 0) {
        for (const path of [this.path, fresh]) rmSync(path, { force: true });
        return;
      }
      try {
        writePrivate(fresh, `${lines.join("\n")}\n`);
        renameSync(fresh, this.path);
      } finally {
        rmSync(fresh, { force: true });
      }
      syncFolder(dirname(this.path));
    });
  }

  /** Removes what a crash has left of `replace`. */
  dropDraft(): void {
    this.#guard(() => rmSync(`${this.path}.new`, { force: true }));
  }

  #guard<T>(call: () => T): T {
    try {
      return call();
    } catch (cause) {
      throw asStoreError(cause, this.path);
    }
  }
}

function writePrivate(path: string, text: string): void {
  const file = openSync(path, "w", 0o600);
  try {
    fchmodSync(file, 0o600);
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
    throw cause;
  }
}

function lastByte(file: number, size: number): number | undefined {
  const byte = new Uint8Array(1);
  readSync(file, byte, 0, 1, size - 1);
  return byte[0];
}

/** Makes a new or renamed file survive a power failure. Windows cannot do this for folders and need not. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
