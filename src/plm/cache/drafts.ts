import { createHash, randomUUID } from "node:crypto";
import { type Dirent, lstatSync, readdirSync, rmSync } from "node:fs";
import { rename, rmdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const hour = 3_600_000;
/** A draft takes seconds. */
const oldestUnknownMs = hour;
/** A process of this number lives, or it is on another machine: what it began this long ago it will not end. */
const oldestMs = 24 * hour;

/** The machine by the start of a hash; a folder may be shared by several. */
const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/**
 * A name for what is being written, so that nobody sees half of it before it is renamed. It tells who writes:
 * machine and process.
 */
export const draftOf = (path: string): string =>
  `${path}.${machine}-${process.pid}-${randomUUID().slice(0, 8)}.draft`;

/**
 * Gives a draft its name, in place of what is there. A file cannot be renamed onto a folder: an empty one gives way,
 * one with something in it is not ours to take away, and the renaming fails.
 */
export async function publishFile(draft: string, path: string): Promise<void> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) await rmdir(path);
  await rename(draft, path);
}

const draftName = /\.(?<machine>[0-9a-f]{8})-(?<processId>\d+)-[0-9a-f]{8}\.draft$/;

/**
 * Removes drafts, files or folders, that were left in `folder` by processes that are gone; what a living one is
 * writing stays.
 * @param isOurs which drafts are of the kind that is looked for, by the name in the folder
 */
export function removeDeadDrafts(folder: string, isOurs: (name: string) => boolean): void {
  for (const { name } of entriesOf(folder)) {
    const path = join(folder, name);
    if (!name.endsWith(".draft") || !isOurs(name) || !isDead(path, name)) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process may have it open, on Windows; the next start tries again.
    }
  }
}

function isDead(path: string, name: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const ageMs = Date.now() - found.mtimeMs;
  const maker = draftName.exec(name)?.groups;
  // Earlier versions did not say who writes.
  if (maker === undefined) return ageMs > oldestUnknownMs;
  const isGone = maker["machine"] === machine && !isAlive(Number(maker["processId"]));
  return isGone || ageMs > oldestMs;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (cause) {
    // EPERM: it is there and belongs to somebody else.
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}

/** What lies in a folder; nothing where it is not there or may not be read. */
export function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
