import { decodeText } from "../corpus/decode.ts";
import type { Fields } from "../corpus/fields.ts";
import { readFrontMatter } from "../corpus/front-matter.ts";
import { type ReadLimits, readRegularFile } from "../corpus/read-regular-file.ts";

/** The front matter of a file, empty where it has none; undefined for a file that cannot be read as text now. */
export async function readFields(path: string, limits: ReadLimits): Promise<Fields | undefined> {
  const bytes = await readRegularFile(path, limits).catch(() => undefined);
  const decoded = bytes && decodeText(bytes);
  if (decoded?.kind !== "text") {
    return undefined;
  }
  return readFrontMatter(decoded.source)?.fields ?? new Map();
}
