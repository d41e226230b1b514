import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { SourceEdit } from "../../front-matter/lines.ts";
import { applyEdits } from "../../front-matter/tags/edit/edit-tags.ts";
import type { TagEditing } from "../../front-matter/tags/edit/field-edits.ts";
import { refused, type TagEditRefusal } from "../../front-matter/tags/edit/refusals.ts";
import { said } from "../../said/said.ts";
import { CorpusError } from "../errors.ts";
import { decodeText } from "../files/decode.ts";
import { type ReadLimits, readRegularFile } from "../files/read-regular-file.ts";

/** What became of a file that was to be changed. */
export type FileChange =
  /** `source` is what it holds now, or would hold. */
  | {
      readonly kind: "changed";
      readonly before: string;
      readonly source: string;
      readonly edits: readonly SourceEdit[];
    }
  | { readonly kind: "same" }
  | TagEditRefusal;

export interface ChangeOptions extends ReadLimits {
  /** Without it nothing is written: what would become of the file is told. */
  readonly isWritten: boolean;
}

/**
 * Changes a file by edits of its text, and no other byte of it. The new text is written beside it and takes its place
 * in one step, so that a fault leaves the file as it was. What cannot be changed safely is refused and left alone.
 */
export async function changeFile(
  path: string,
  edit: (source: string) => TagEditing,
  { isWritten, ...limits }: ChangeOptions,
): Promise<FileChange> {
  try {
    const bytes = await readRegularFile(path, limits);
    const decoded = decodeText(bytes);
    if (decoded.kind === "binary")
      return refused(said("The file holds no text."), said("Leave it as it is."));
    const before = decoded.source;
    const encoding = encodingOf(before, bytes);
    if (encoding === undefined)
      return refused(
        said("The file is in an encoding that is not written."),
        said("Save it as UTF-8 first."),
      );
    const editing = edit(before);
    if (editing.kind === "refused") return editing;
    if (editing.edits.length === 0) return { kind: "same" };
    const source = applyEdits(before, editing.edits);
    if (isWritten && !(await replaceFile(path, bytes, encoded(source, encoding), limits))) {
      return refused(
        said("The file has changed in the meantime, so nothing was written."),
        said("Try again."),
      );
    }
    return { kind: "changed", before, source, edits: editing.edits };
  } catch (cause) {
    if (cause instanceof CorpusError) return refused(said("{0}.", cause.told.message), cause.told.advice);
    return refused(
      said("The file cannot be written ({0}).", cause instanceof Error ? cause.message : String(cause)),
      said("Check its permissions, and that the disk has room."),
    );
  }
}

type Encoding = "utf8" | "utf16le" | "utf16be";

/** The encoding in which the text is these very bytes; undefined where it is in none that is written. */
function encodingOf(source: string, bytes: Uint8Array): Encoding | undefined {
  const encodings = ["utf8", "utf16le", "utf16be"] as const;
  return encodings.find((encoding) => encoded(source, encoding).equals(bytes));
}

function encoded(source: string, encoding: Encoding): Buffer {
  if (encoding === "utf8") return Buffer.from(source, "utf8");
  const bytes = Buffer.from(source, "utf16le");
  return encoding === "utf16be" ? bytes.swap16() : bytes;
}

/** Whether it was replaced: a file that holds something else than `before` by now is left alone. */
async function replaceFile(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  limits: ReadLimits,
): Promise<boolean> {
  const real = await realpath(path);
  const { mode } = await stat(real);
  const draft = join(dirname(real), `.${basename(real)}.${randomUUID().slice(0, 8)}.draft`);
  try {
    await writeDraft(draft, after, mode);
    const isSame = Buffer.compare(await readRegularFile(path, limits), before) === 0;
    if (isSame) await rename(draft, real);
    return isSame;
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDraft(draft: string, bytes: Uint8Array, mode: number): Promise<void> {
  await using handle = await open(draft, "wx", mode);
  // The mask of the process may have taken permissions away.
  await handle.chmod(mode & 0o7777);
  await handle.writeFile(bytes);
  await handle.sync();
}
