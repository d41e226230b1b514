import { createHash } from "node:crypto";
import { decodeText } from "../../corpus/files/decode.ts";
import { type ReadLimits, readRegularFile } from "../../corpus/files/read-regular-file.ts";
import type { Fields } from "../../front-matter/fields.ts";
import { readFrontMatter } from "../../front-matter/front-matter.ts";

export interface FileFields {
  /** Empty where there is no front matter. */
  readonly fields: Fields;
  /** SHA-256 of the bytes that they were read from, in hex. */
  readonly hash: string;
}

/** The front matter of a file; undefined for a file that cannot be read as text now. */
export async function readFields(path: string, limits: ReadLimits): Promise<FileFields | undefined> {
  const bytes = await readRegularFile(path, limits).catch(() => undefined);
  const decoded = bytes && decodeText(bytes);
  if (bytes === undefined || decoded?.kind !== "text") {
    return undefined;
  }
  const fields = readFrontMatter(decoded.source)?.fields ?? new Map();
  return { fields, hash: createHash("sha256").update(bytes).digest("hex") };
}
