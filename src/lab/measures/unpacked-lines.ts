import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Larger files are no set of labelled texts. */
const mostBytes = 256 * 2 ** 20;

/** Lines of a text file, packed with gzip or not, blank ones included. Throws the system's error, or that of unpacking. */
export function unpackedLines(path: string): readonly string[] {
  const bytes = readFileSync(path);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = isPacked ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes;
  return text.toString("utf8").split("\n");
}
