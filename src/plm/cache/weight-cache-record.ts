import { createHash } from "node:crypto";
import { createReadStream, lstatSync } from "node:fs";
import { readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { draftOf, publishFile } from "./drafts.ts";
import { cacheFormat, recordFile, weightsFile } from "./weight-cache-names.ts";

const count = z.int().nonnegative();
const placeShape = z.object({ offsetBytes: count, lengthBytes: count });
const stampShape = z.object({
  inode: z.string(),
  bytes: z.string(),
  modifiedNs: z.string(),
  changedNs: z.string(),
});
const recordShape = z.object({
  format: z.literal(cacheFormat),
  /** Id of the model. */
  model: z.string(),
  /** Absolute path of the directory that it was unpacked from; not known of earlier versions. */
  from: z.string().optional(),
  /** Of the file of weights. */
  bytes: count,
  sha256: z.string(),
  /** What the file system said of the file when its bytes were last known to be right. */
  stamp: stampShape.optional(),
  places: z.record(z.string(), placeShape),
});

/** Where each weight lies in the file of all weights, by name of the tensor. */
export type Places = Readonly<Record<string, Readonly<z.infer<typeof placeShape>>>>;
export type CacheRecord = Readonly<z.infer<typeof recordShape>>;
/** Changes whenever somebody writes to the file, cuts it short or puts another in its place. */
export type FileStamp = Readonly<z.infer<typeof stampShape>>;

export type FoundRecord =
  | { readonly kind: "good"; readonly record: CacheRecord }
  | { readonly kind: "none" }
  | { readonly kind: "damaged" };

/** Reads the record of a cache; one that is damaged, or of another model, is never used. */
export async function readRecord(folder: string, modelId: string): Promise<FoundRecord> {
  const path = join(folder, recordFile);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return { kind: "none" };
  if (!found.isFile() || found.size > maximumRecordBytes) return { kind: "damaged" };
  const text = await readFile(path, "utf8");
  const [seal, body] = [text.slice(0, sealLength), text.slice(sealLength + 1)];
  // The seal is ours: what fits it was written as JSON.
  const parsed = seal === sealOf(body) ? recordShape.safeParse(JSON.parse(body || "null")) : undefined;
  return parsed?.success && parsed.data.model === modelId
    ? { kind: "good", record: parsed.data }
    : { kind: "damaged" };
}

/** The directory that a cache was unpacked from; undefined where no record tells it. */
export async function unpackedFrom(folder: string): Promise<string | undefined> {
  const path = join(folder, recordFile);
  const { size = Number.POSITIVE_INFINITY } = lstatSync(path, { throwIfNoEntry: false }) ?? {};
  if (size > maximumRecordBytes) return undefined;
  const [seal, body = ""] = (await readFile(path, "utf8")).split("\n", 2);
  return seal === sealOf(body) ? recordShape.safeParse(JSON.parse(body)).data?.from : undefined;
}

/** A model of 200 layers has some 3,000 tensors of 100 bytes each. */
const maximumRecordBytes = 8 * 2 ** 20;

/** The first line is the SHA-256 of the second: a flipped byte in an offset would be another reading. */
const sealOf = (body: string): string => createHash("sha256").update(body).digest("hex");
const sealLength = 64;

/**
 * Writes the record with a stamp of the weights. A stamp only tells changes if they fall on a later tick of the file
 * system's clock, so the record waits for the next one (some milliseconds); where the clock is too coarse for that
 * there is no stamp, and the next opening compares all bytes.
 */
export async function writeRecord(folder: string, record: Omit<CacheRecord, "stamp">): Promise<void> {
  const stamp = stampOf(folder);
  const path = join(folder, recordFile);
  const draft = draftOf(path);
  try {
    await writeFile(draft, "", { mode: 0o600 });
    const isTold = stamp !== undefined && (await isTickOver(draft, stamp));
    const body = JSON.stringify({ ...record, ...(isTold ? { stamp } : {}) });
    await writeFile(draft, `${sealOf(body)}\n${body}`, { flush: true });
    await publishFile(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
}

const longestTickMs = 40;

async function isTickOver(draft: string, { changedNs }: FileStamp): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < longestTickMs; waitedMs++) {
    const now = new Date();
    await utimes(draft, now, now);
    if (lstatSync(draft, { bigint: true }).ctimeNs > BigInt(changedNs)) return true;
    await setTimeout(1);
  }
  return false;
}

/** Undefined where there is no regular file of weights: a link or a folder in its place is none. */
export function stampOf(folder: string): FileStamp | undefined {
  const found = lstatSync(join(folder, weightsFile), { bigint: true, throwIfNoEntry: false });
  if (!found?.isFile()) return undefined;
  return {
    inode: String(found.ino),
    bytes: String(found.size),
    modifiedNs: String(found.mtimeNs),
    changedNs: String(found.ctimeNs),
  };
}

export function isSameStamp(one: FileStamp | undefined, other: FileStamp | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return stampShape.keyof().options.every((field) => one[field] === other[field]);
}

/** The SHA-256 of the file of weights. */
export async function hashOfWeights(folder: string): Promise<string> {
  const hash = createHash("sha256");
  const stream = createReadStream(join(folder, weightsFile), { highWaterMark: 2 ** 20 });
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest("hex");
}
