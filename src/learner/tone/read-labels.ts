import { createHash } from "node:crypto";
import { decodeText } from "../../corpus/files/decode.ts";
import { DEFAULT_MAX_FILE_SIZE_BYTES } from "../../corpus/files/discover.ts";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import { locateFolders } from "../../corpus/files/paths.ts";
import { type ReadLimits, readRegularFile } from "../../corpus/files/read-regular-file.ts";
import { headOf } from "../../corpus/parse-document.ts";
import type { Fields } from "../../front-matter/fields.ts";
import { said, saidCount } from "../../said/said.ts";
import type { StoredDocument } from "../../store/repositories/documents.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { labelsOfFields, type UnknownValue } from "../../tone/labels/field-labels.ts";
import type { TellNotice } from "../corpus/read-into-store.ts";

export interface LabelStage {
  readonly store: Store;
  readonly writer: Writer;
  /** Where the documents lie: nothing outside is read. */
  readonly folders: readonly string[];
  readonly maximumFileBytes?: number | undefined;
  readonly notice: TellNotice;
  readonly breathe: () => Promise<void>;
}

/**
 * Reads the labels of tone in the front matter of all documents and keeps them. All are read whenever
 * one has changed, as only the whole shows whether ratings are out of 5, 10 or 100. Gives the paths of files that were
 * saved since their text was read: what they say now belongs to another text, so they have no labels until that is read.
 */
export async function readLabelsIntoStore(stage: LabelStage): Promise<readonly string[]> {
  const { store, writer, notice, breathe, maximumFileBytes = DEFAULT_MAX_FILE_SIZE_BYTES } = stage;
  const documents = store.documents.list(writer.id);
  const { within } = await locateFolders(stage.folders, diskFileSource, writer.places);
  const limits = { maximumBytes: maximumFileBytes, within };
  const read: { readonly document: StoredDocument; readonly fields: Fields }[] = [];
  const saved: string[] = [];
  for (const document of documents) {
    // A file that cannot be read now keeps its labels.
    const now = await readFields(document.path, limits);
    if (now !== undefined) {
      const isSaved = now.hash !== document.hash;
      if (isSaved) saved.push(document.path);
      read.push({ document, fields: isSaved ? new Map() : now.fields });
    }
    await breathe();
  }
  const found = labelsOfFields(read.map(({ document, fields }) => ({ id: document.path, fields })));
  const labels = Map.groupBy(found.labels, ({ document }) => document);
  store.inTransaction(() => {
    for (const { document } of read) {
      const own = labels.get(document.path) ?? [];
      store.labels.replace(
        document.id,
        own.map(({ kind, valence, weight }) => ({ sentence: undefined, source: kind, valence, weight })),
      );
    }
  });
  tellUnknown(found.unknown, notice);
  return saved;
}

interface FileFields {
  /** Empty where there is no front matter. */
  readonly fields: Fields;
  /** SHA-256 of the bytes that they were read from, in hex. */
  readonly hash: string;
}

/** The front matter of a file; undefined for a file that cannot be read as text now. */
async function readFields(path: string, limits: ReadLimits): Promise<FileFields | undefined> {
  const bytes = await readRegularFile(path, limits).catch(() => undefined);
  const decoded = bytes && decodeText(bytes);
  if (bytes === undefined || decoded?.kind !== "text") {
    return undefined;
  }
  const { fields } = headOf(decoded.source, path);
  return { fields, hash: createHash("sha256").update(bytes).digest("hex") };
}

/** More values of a field say no more about it. */
const mostShown = 5;

function tellUnknown(unknown: readonly UnknownValue[], notice: LabelStage["notice"]): void {
  for (const [field, values] of Map.groupBy(unknown, (one) => one.field)) {
    const distinct = [...new Set(values.map(({ value }) => `'${value}'`))];
    const shown = distinct.slice(0, mostShown).join(", ");
    const more = distinct.length - mostShown;
    notice(
      said("The front matter field {0} has values that Idiolect does not understand", field),
      said("They are left out; a mood can be a word like 'good' or 'very bad', or a number like 4/5."),
      more > 0 ? saidCount(more, "{1} and {0} more", "{1} and {0} more", shown) : shown,
    );
  }
}
