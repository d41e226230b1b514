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
import { z } from "zod";
import { asStoreError } from "./as-store-error.ts";
import { lessonShape } from "./correction.ts";

const entryShape = z.object({
  version: z.literal(1),
  id: z.string(),
  writer: z.string(),
  createdMs: z.number(),
  lesson: lessonShape,
  vector: z
    .object({ modelId: z.string(), profileVersion: z.string().optional(), float32Base64: z.base64() })
    .optional(),
});

/** One correction as a line of JSON. It names the writer, for ids change when a store is made anew. */
export type MirrorEntry = Readonly<z.infer<typeof entryShape>>;

/** A line of the mirror: a correction, or text that is none (a line torn by a crash, or of a newer version). */
export type MirrorLine =
  | { readonly kind: "entry"; readonly entry: MirrorEntry }
  | { readonly kind: "damaged"; readonly text: string };

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

  /** Adds a line and returns when it is on the disk. If that fails, the file is left as it was. */
  append(entry: MirrorEntry): void {
    this.#guard(() => {
      const file = openSync(this.path, "a+", 0o600);
      try {
        const { size } = fstatSync(file);
        const torn = size > 0 && lastByte(file, size) !== newline;
        try {
          writeFileSync(file, `${torn ? "\n" : ""}${JSON.stringify(entry)}\n`);
          fsyncSync(file);
        } catch (cause) {
          ftruncateSync(file, size);
          throw cause;
        }
        if (size === 0) syncFolder(dirname(this.path));
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

  /** Writes the file anew with only the lines to keep, in one step: a crash leaves the old file or the new one. */
  keepOnly(isKept: (line: MirrorLine) => boolean): void {
    const kept = this.read().filter(isKept).map(lineText);
    this.#guard(() => {
      if (kept.length === 0) {
        rmSync(this.path, { force: true });
        return;
      }
      const fresh = `${this.path}.new`;
      const file = openSync(fresh, "w", 0o600);
      try {
        fchmodSync(file, 0o600);
        writeFileSync(file, `${kept.join("\n")}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(fresh, this.path);
      syncFolder(dirname(this.path));
    });
  }

  #guard<T>(call: () => T): T {
    try {
      return call();
    } catch (cause) {
      throw asStoreError(cause, this.path);
    }
  }
}

function parseLine(text: string): MirrorLine {
  try {
    return { kind: "entry", entry: entryShape.parse(JSON.parse(text)) };
  } catch {
    return { kind: "damaged", text };
  }
}

function lineText(line: MirrorLine): string {
  return line.kind === "entry" ? JSON.stringify(line.entry) : line.text;
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
