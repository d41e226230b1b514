import type { Document } from "../../corpus/document.ts";
import { FileTooLargeError } from "../../corpus/errors.ts";
import { canonicalPath } from "../../corpus/files/canonical-path.ts";
import { DEFAULT_MAX_FILE_SIZE_BYTES } from "../../corpus/files/discover.ts";
import { readRegularFile } from "../../corpus/files/read-regular-file.ts";
import { LanguageTeller } from "../../corpus/language-teller.ts";
import { parseDocument } from "../../corpus/parse-document.ts";
import { remarkInEnglish } from "../../session/notices.ts";
import type { Surroundings } from "../surroundings.ts";

/** What standard input is called; it is read as Markdown. */
const standardInputPath = "standard-input.md";

/** Reads the document that a command names, or standard input for `-`. Throws CorpusError for what is no text. */
export async function readSource(name: string, { readStandardInput, warn }: Surroundings): Promise<Document> {
  const path = name === "-" ? standardInputPath : canonicalPath(name);
  const maximumBytes = DEFAULT_MAX_FILE_SIZE_BYTES;
  const bytes =
    name === "-" ? await readStandardInput(maximumBytes + 1) : await readRegularFile(path, { maximumBytes });
  if (bytes.length > maximumBytes) {
    throw new FileTooLargeError(path, maximumBytes);
  }
  const languages = await LanguageTeller.open();
  const parsed = parseDocument({ path, bytes, modifiedMs: 0 }, { languages });
  if (parsed.kind === "failure") {
    throw parsed.failure;
  }
  for (const { line, ...warning } of parsed.warnings) {
    warn(`${path}${line === undefined ? "" : `:${line}`}: ${remarkInEnglish(warning)}`);
  }
  return parsed.document;
}
