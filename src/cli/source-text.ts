import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { DEFAULT_MAX_FILE_SIZE_BYTES } from "../corpus/discover.ts";
import type { Document } from "../corpus/document.ts";
import { FileTooLargeError, FileUnreadableError } from "../corpus/errors.ts";
import { parseDocument } from "../corpus/parse-document.ts";
import type { Surroundings } from "./surroundings.ts";

/** What standard input is called; it is read as Markdown. */
const standardInputPath = "standard-input.md";

/** Reads the document that a command names, or standard input for `-`. Throws CorpusError for what is no text. */
export async function readSource(name: string, { readStandardInput, warn }: Surroundings): Promise<Document> {
  const path = name === "-" ? standardInputPath : resolve(name).replaceAll("\\", "/");
  const bytes = name === "-" ? await readStandardInput() : await readLimited(path);
  const parsed = parseDocument({ path, bytes, modifiedMs: 0 });
  if (parsed.kind === "failure") {
    throw parsed.failure;
  }
  for (const { line, message, advice } of parsed.warnings) {
    warn(`${path}${line === undefined ? "" : `:${line}`}: ${message}. ${advice}`);
  }
  return parsed.document;
}

async function readLimited(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > DEFAULT_MAX_FILE_SIZE_BYTES) {
      throw new FileTooLargeError(path, size, DEFAULT_MAX_FILE_SIZE_BYTES);
    }
    return await readFile(path);
  } catch (cause) {
    throw cause instanceof FileTooLargeError ? cause : new FileUnreadableError(path, cause);
  }
}
