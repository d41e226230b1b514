import { parseClosedList } from "../../corpus/closed-list.ts";
import { decodeText } from "../../corpus/files/decode.ts";
import { readRegularFile } from "../../corpus/files/read-regular-file.ts";
import { ClosedTags } from "../../readings/tags/closed-tags.ts";
import { UsageError } from "../errors.ts";

/** The closed list of a file with a tag on each line. Throws UsageError for what is no text, or lists none. */
export async function readClosedList(path: string): Promise<ClosedTags> {
  const decoded = decodeText(await readRegularFile(path, { maximumBytes: 1_000_000 }));
  if (decoded.kind === "binary")
    throw new UsageError(`${path} is no text. Name a file with a tag on each line.`);
  const tags = parseClosedList(decoded.source);
  if (tags.length === 0)
    throw new UsageError(`There is no tag in ${path}. Name a file with a tag on each line.`);
  return new ClosedTags(tags);
}
