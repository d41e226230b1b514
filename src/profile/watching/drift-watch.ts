import type { FileSource } from "../../corpus/files/file-source.ts";
import { isLanguageRead } from "../../corpus/language-read.ts";
import { readCorpus } from "../../corpus/read-corpus.ts";
import { cutDocument } from "../../learning/cut-document.ts";
import type { MeasureRhythm } from "../../learning/masked-lm-measure.ts";
import { undatedMs } from "../../numbers/by-date.ts";
import { personalPrompts } from "../../prompts/soft-prompts.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { chosenFor } from "../chosen-for.ts";
import { corpusOptions, knownFiles } from "../corpus-options.ts";
import { recognise } from "../learned-documents.ts";
import type { GeneralReader } from "../profile.ts";
import { reportShape } from "../report.ts";
import { learnedPromptsOf } from "../versions.ts";
import type { DriftReport } from "./drift.ts";
import { checkDrift } from "./drift-check.ts";

/** How documents that were written since the profile was learned fit it, or why that is not watched. */
export type DriftState =
  | ({ readonly watched: true } & DriftReport)
  | { readonly watched: false; readonly reason: string };

export interface DriftWatch {
  readonly store: Store;
  readonly writer: Writer;
  readonly source: FileSource;
  /** Called only where there is something to read. */
  readonly openReader: () => Promise<GeneralReader>;
  readonly threads: number;
  readonly rhythm?: MeasureRhythm;
}

interface WrittenDocument {
  readonly path: string;
  readonly sentences: readonly string[];
  readonly tags: readonly string[];
  readonly dateMs: number | undefined;
}

/**
 * Looks for documents that the version in use was not learned from, in the store and in the writer's folders,
 * and reads them with it. Keeps nothing. The masking gate opens it: prompts that have not proved themselves on
 * held-out text say nothing about new text either.
 */
export async function watchDrift(watch: DriftWatch): Promise<DriftState> {
  const { store, writer, openReader, threads, rhythm } = watch;
  const active = store.profileVersions.active(writer.id);
  const report = active && reportShape.parse(active.report);
  const prompts = active && learnedPromptsOf(store, active);
  if (active === undefined || report === undefined || prompts === undefined) {
    return { watched: false, reason: "no prompts of the writer's own have been learned with this version" };
  }
  const { masking } = report.gate;
  if (!masking.open || report.driftBaseline === undefined) {
    return { watched: false, reason: `the masking gate is closed: ${masking.reason}` };
  }
  const { documents } = recognise(prompts.learned, await writtenDocuments(watch));
  const undated = undatedMs(documents.map(({ document }) => document.dateMs));
  const timeOf = ({ dateMs = undated }: WrittenDocument) => dateMs;
  const ordered = documents.toSorted(
    ({ document: a }, { document: b }) => timeOf(a) - timeOf(b) || (a.path < b.path ? -1 : 1),
  );
  const fresh = ordered.flatMap(({ state, document }) => (state === "new" ? [document] : []));
  const known = ordered.flatMap(({ state, document }) => (state === "new" ? [] : [document]));
  if (fresh.length === 0) {
    const reason = "there are no new documents since the profile was learned";
    return { watched: true, documents: 0, hasDrifted: false, reason };
  }
  const reader = await openReader();
  if (reader.id !== active.baseModelId) {
    return { watched: false, reason: "the writer was learned with another model; please learn again" };
  }
  const { model } = reader;
  const check = {
    model,
    baseline: report.driftBaseline,
    shared: prompts.shared,
    own: personalPrompts(prompts.shared, prompts.delta),
    known,
    fresh: fresh.map(({ path, sentences, tags }) => ({
      path,
      tags,
      passages: cutDocument(model, path, sentences).passages,
    })),
    threads,
  };
  return { watched: true, ...(await checkDrift(check, rhythm)) };
}

/** Documents as they are now: of the store, and of files that are new or have changed since. */
async function writtenDocuments({ store, writer, source }: DriftWatch): Promise<readonly WrittenDocument[]> {
  const files = store.writers.chosenFiles(writer.id) ?? {};
  const isRead = (language: string | undefined, path: string) =>
    isLanguageRead(language, chosenFor(files, path).languages);
  const { documents, gone } = await readCorpus(
    writer.folders,
    corpusOptions(files, store, writer),
    source,
    knownFiles(store, writer),
  );
  const changed = documents.map(({ path, sentences, tags, dateMs }) => ({
    path,
    sentences: sentences.flatMap(({ plain, language }) => (isRead(language, path) ? [plain] : [])),
    tags,
    dateMs,
  }));
  const left = new Set([...gone, ...changed.map(({ path }) => path)]);
  const stored = store.documents
    .list(writer.id)
    .filter(({ path }) => !left.has(path))
    .map(({ id, path, tags, dateMs, language: usual }) => ({
      path,
      sentences: store.documents
        .sentences(id)
        .flatMap(({ text, language = usual }) => (isRead(language, path) ? [text] : [])),
      tags,
      dateMs,
    }));
  return [...stored, ...changed].filter(({ sentences }) => sentences.length > 0);
}
