import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { modelFileNames } from "./model-files.ts";

/** What the files of a model were like from outside when they were read, and what they hold. */
interface KnownHash {
  readonly stamps: string;
  readonly hash: Promise<string>;
}

/** By path of the directory: an editor's server asks for the same model several times at its start. */
const known = new Map<string, KnownHash>();

/** A file that was written so lately may be written again within one tick of the file system's clock. */
const restingMs = 2_000;

/**
 * SHA-256 over the files of a model directory. Each file counts with its name and length, so that bytes cannot move from
 * one to the next unseen. Files that are as they were when this process read them are not read again.
 */
export async function hashOfModel(path: string, nowMs = Date.now()): Promise<string> {
  const files = await Promise.all(modelFileNames.map((name) => stampOf(path, name)));
  const stamps = files.map(({ stamp }) => stamp).join("\n");
  const before = known.get(path);
  if (before?.stamps === stamps) return before.hash;
  const hash = hashFiles(path, files);
  if (files.every(({ changedMs }) => nowMs - changedMs > restingMs)) {
    known.set(path, { stamps, hash });
    hash.catch(() => known.delete(path));
  }
  return hash;
}

interface StampedFile {
  readonly name: string;
  readonly size: bigint;
  readonly stamp: string;
  readonly changedMs: number;
}

async function stampOf(path: string, name: string): Promise<StampedFile> {
  const { size, ino, dev, mtimeNs, ctimeNs, ctimeMs } = await stat(join(path, name), { bigint: true });
  return { name, size, stamp: [dev, ino, size, mtimeNs, ctimeNs].join(" "), changedMs: Number(ctimeMs) };
}

async function hashFiles(path: string, files: readonly StampedFile[]): Promise<string> {
  const hash = createHash("sha256");
  for (const { name, size } of files) {
    hash.update(`${name}\0${size}\0`);
    await addFile(hash, join(path, name));
  }
  return hash.digest("hex");
}

async function addFile(hash: Hash, path: string): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk);
}
