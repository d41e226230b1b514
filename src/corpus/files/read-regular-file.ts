import { constants, type Stats } from "node:fs";
import { type FileHandle, open, readlink, realpath, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { type Said, said } from "../../said/said.ts";
import {
  CorpusError,
  FileChangingError,
  FileTooLargeError,
  FileUnreadableError,
  LeadsOutError,
  NotAFileError,
} from "../errors.ts";
import { isWithin } from "./paths.ts";

export interface ReadLimits {
  readonly maximumBytes: number;
  /** Real paths of folders, one of which the file must really lie in; absent: it may lie anywhere. */
  readonly within?: readonly string[];
}

/** A pipe that nobody writes to must not hold the reader; Windows has no such flag. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const chunkBytes = 65_536;

/**
 * The bytes of a regular file. What it is and where it really lies is looked at before it is opened and once more
 * at the open file, which nobody can exchange any more. The limit holds for what is read, whatever the size says.
 * A file that is being written is read when it is written, and never by half.
 *
 * @throws CorpusError
 */
export async function readRegularFile(path: string, limits: ReadLimits): Promise<Uint8Array> {
  try {
    expectRegular(path, await stat(path));
    expectWithin(path, await realpath(path), limits);
    await using handle = await open(path, flags);
    const stats = await handle.stat();
    expectRegular(path, stats);
    if (limits.within !== undefined) expectWithin(path, await realPathOf(handle, stats, path), limits);
    return await readSettled(handle, path, limits.maximumBytes);
  } catch (cause) {
    throw cause instanceof CorpusError ? cause : new FileUnreadableError(path, cause);
  }
}

function expectRegular(path: string, stats: Stats): void {
  if (!stats.isFile()) throw new NotAFileError(path, kindOf(stats));
}

function expectWithin(path: string, real: string, { within }: ReadLimits): void {
  if (within !== undefined && !within.some((folder) => isWithin(folder, real))) {
    throw new LeadsOutError(path, real);
  }
}

/** Linux knows the path of an open file; elsewhere the file at the real path has to be the one that is open. */
async function realPathOf(handle: FileHandle, opened: Stats, path: string): Promise<string> {
  const known = process.platform === "linux" ? await pathOfOpenFile(handle) : undefined;
  if (known !== undefined) return known;
  const real = await realpath(path);
  const { dev, ino } = await stat(real);
  if (dev !== opened.dev || ino !== opened.ino) throw new FileChangingError(path);
  return real;
}

/** Undefined where /proc is not mounted. */
const pathOfOpenFile = (handle: FileHandle): Promise<string | undefined> =>
  readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined);

/** Who saves a file empties it first and writes it then, within this time as a rule. */
const savedWithinMs = 100;
/** So often a file is read that goes on changing; then it is left for another time. */
const mostReadings = 5;

async function readSettled(handle: FileHandle, path: string, maximumBytes: number): Promise<Uint8Array> {
  for (let reading = 1; reading <= mostReadings; reading++) {
    const before = await handle.stat();
    const ageMs = Math.abs(Date.now() - before.mtimeMs);
    if (ageMs < savedWithinMs) await setTimeout(savedWithinMs - ageMs);
    const bytes = await readUpTo(handle, path, maximumBytes);
    const after = await handle.stat();
    if (before.mtimeMs === after.mtimeMs && before.size === after.size && bytes.length >= after.size)
      return bytes;
  }
  throw new FileChangingError(path);
}

async function readUpTo(handle: FileHandle, path: string, maximumBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const wanted = Math.min(chunkBytes, maximumBytes + 1 - total);
    const { bytesRead, buffer } = await handle.read(new Uint8Array(wanted), 0, wanted, total);
    total += bytesRead;
    if (total > maximumBytes) throw new FileTooLargeError(path, maximumBytes);
    if (bytesRead === 0) return Buffer.concat(parts, total);
    parts.push(buffer.subarray(0, bytesRead));
  }
}

function kindOf(stats: Stats): Said {
  if (stats.isDirectory()) return said("a folder");
  if (stats.isFIFO()) return said("a pipe");
  if (stats.isSocket()) return said("a socket");
  return said("a device");
}
