import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { decodeText } from "../../corpus/files/decode.ts";
import { LineFileError } from "./errors.ts";

/** Larger files are no set of labelled texts. */
const mostBytes = 256 * 2 ** 20;

/**
 * Lines of a text file, packed with gzip or not, blank ones included and without a byte order mark. Throws the system's
 * error where the file cannot be read, and LineFileError where it is damaged or no text.
 */
export function unpackedLines(path: string): readonly string[] {
  const decoded = decodeText(unpacked(path, readFileSync(path)));
  if (decoded.kind === "binary") throw new LineFileError(path, "it holds no text");
  return decoded.source.replace(/^\uFEFF/, "").split(/\r?\n/);
}

/** A line of a file, counted from 1, with what it says as JSON; undefined where it is none. */
export interface JsonLine {
  readonly line: number;
  readonly value: unknown;
}

/** The lines of such a file that are not blank. */
export function jsonLines(path: string): readonly JsonLine[] {
  return unpackedLines(path).flatMap((text, at) =>
    text.trim() === "" ? [] : [{ line: at + 1, value: parseJson(text) }],
  );
}

function unpacked(path: string, bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LineFileError(path, `it cannot be unpacked (${why})`, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
