import { createHash, type Hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../measures/write-whole.ts";
import type { EvaluatedDocument } from "./evaluated-document.ts";

/** What was learned, as a file keeps it. */
export interface KeptForm<T> {
  /** Ending of the file's name. */
  readonly ending: string;
  readonly encode: (learned: T) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => T;
}

/**
 * With the environment variable IDIOLECT_EVALUATION_CACHE, a folder, what was learned under a key before is
 * taken from there, so that several evaluations of one writer learn once. It comes back as it is kept,
 * whether it was or not.
 * @param hash changed by everything that the learned depends on
 */
export async function learnedOnce<T>(
  hash: Hash,
  { ending, encode, decode }: KeptForm<T>,
  learn: () => Promise<T>,
): Promise<T> {
  const folder = process.env["IDIOLECT_EVALUATION_CACHE"];
  if (folder === undefined) return decode(encode(await learn()));
  const path = join(folder, `${hash.digest("hex").slice(0, 32)}.${ending}`);
  if (!existsSync(path)) writeWhole(path, encode(await learn()));
  return decode(readFileSync(path));
}

/** Starts a hash of documents that are learned from with settings, plain data. */
export function hashOf(settings: unknown, documents: readonly EvaluatedDocument[]): Hash {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const { ids } of documents.flatMap(({ passages }) => passages)) {
    hash.update(ids);
  }
  return hash;
}
