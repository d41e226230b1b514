import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { NoProseError } from "../../corpus/errors.ts";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import { isWithin } from "../../corpus/files/paths.ts";
import { type CorpusEvent, type KnownFile, streamCorpus } from "../../corpus/read-corpus.ts";
import { corpusOptions, knownFiles } from "../../profile/corpus-options.ts";
import type { CorpusSettings } from "../../protocol/learner.ts";
import type { SinceLearned } from "../../protocol/learning-status.ts";
import type { PlaceOf } from "../../readings/tags/present-reasons.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { planOf } from "../learning-plan.ts";
import { chosenCorpus } from "./chosen-files.ts";
import type { ConsentSettings } from "./corpus-consent.ts";
import { foldersAway } from "./present-files.ts";

/** What has come, changed, moved or gone since the text that the store has was read; paths. */
export interface CorpusNews {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly gone: readonly string[];
  /** Where files that were renamed lie now, by the paths at which the store knows them. */
  readonly moved: ReadonlyMap<string, string>;
  /** Lessons that were taught since. */
  readonly lessons: number;
}

interface SeenFile extends KnownFile {
  /** It holds prose of the writer. */
  readonly isDocument: boolean;
}

/** What one walk through the folders found. */
interface Walk {
  readonly present: Set<string>;
  readonly gone: Set<string>;
}

/**
 * Looks what is new in a writer's folders beside what was read to be learned, and keeps nothing on disk. Files that
 * were looked into are remembered, so that the next look reads only what was saved since.
 */
export class CorpusLook {
  readonly #seen = new Map<string, SeenFile>();

  /** @param given what an editor says of the files to read; absent: as was chosen when they were learned */
  async look(store: Store, writer: Writer, given?: CorpusSettings): Promise<CorpusNews> {
    const { folders } = writer;
    const settings = chosenCorpus(store, writer, { corpus: given, folders: [] });
    const { present, gone } = await this.#walk(store, writer, settings);
    const kept = store.documents.fingerprints(writer.id);
    const away = foldersAway(folders, present, [...gone]);
    const isGone = (path: string) => gone.has(path) && !away.some(({ folder }) => isWithin(folder, path));
    const lost = new Map([...kept].flatMap(([path, { hash }]) => (isGone(path) ? [[hash, path]] : [])));
    const [added, changed]: [string[], string[]] = [unread(store, writer), []];
    const moved = new Map<string, string>();
    for (const [path, { hash, isDocument }] of this.#seen) {
      const known = kept.get(path);
      if (known !== undefined && known.hash !== hash) changed.push(path);
      if (known !== undefined || !isDocument) continue;
      const former = lost.get(hash);
      if (former === undefined) added.push(path);
      else moved.set(former, path);
    }
    return {
      added,
      changed,
      gone: [...lost.values()].filter((path) => !moved.has(path)),
      moved,
      lessons: lessonsSince(store, writer),
    };
  }

  async #walk(store: Store, writer: Writer, settings: ConsentSettings): Promise<Walk> {
    const known = new Map<string, KnownFile>([...knownFiles(store, writer), ...this.#seen]);
    const walk: Walk = { present: new Set(), gone: new Set() };
    const options = corpusOptions(settings, store, writer);
    for await (const event of streamCorpus(writer.folders, options, diskFileSource, known)) {
      await this.#note(event, walk);
    }
    return walk;
  }

  async #note(event: CorpusEvent, { present, gone }: Walk): Promise<void> {
    switch (event.kind) {
      case "document": {
        const { path, hash, bytes, modifiedMs, author } = event.document;
        present.add(path);
        this.#seen.set(path, { hash, bytes, modifiedMs, author, isDocument: true });
        return;
      }
      case "unchanged":
        present.add(event.file.path);
        return;
      case "failure": {
        const { path } = event.failure;
        present.add(path);
        // What cannot be read now is as it was read before.
        if (!(event.failure instanceof NoProseError)) return;
        const stats = await stat(path).catch(() => undefined);
        const { size: bytes = 0, mtimeMs: modifiedMs = 0 } = stats ?? {};
        this.#seen.set(path, { hash: "", bytes, modifiedMs, isDocument: false });
        return;
      }
      case "leftOut":
        // What is left out now goes with the next learning, though its file is there.
        present.add(event.path);
        gone.add(event.path);
        this.#seen.delete(event.path);
        return;
      case "gone":
        gone.add(event.path);
        this.#seen.delete(event.path);
        return;
      case "attributed":
      case "folderFailure":
      case "refused":
      case "warning":
      case "found":
        return;
      default:
        event satisfies never;
    }
  }
}

/** Where learned documents lie now. Their folders are looked into only where a file is missing. */
export async function presentPlaces(store: Store, writer: Writer): Promise<PlaceOf> {
  const isMissing = store.documents.list(writer.id).some(({ path }) => !existsSync(path));
  const moved = isMissing ? (await new CorpusLook().look(store, writer)).moved : new Map<string, string>();
  return (path) => (existsSync(path) ? path : moved.get(path));
}

export const countNews = ({ added, changed, gone, lessons }: CorpusNews): SinceLearned => ({
  added: added.length,
  changed: changed.length,
  gone: gone.length,
  lessons,
});

/** Documents that were read into the store to be learned, and were not: the run was given up or failed. */
function unread({ learningRuns, documents, vectors, profileVersions }: Store, { id }: Writer): string[] {
  const [newest] = learningRuns.list(id);
  const active = profileVersions.active(id);
  if (newest === undefined || active === undefined) return [];
  if (newest.state.kind !== "cancelled" && newest.state.kind !== "failed") return [];
  const maker = { modelId: active.baseModelId, profileVersion: undefined };
  const read = new Set(vectors.list(id, maker, "document").map(({ documentId }) => documentId));
  return documents.list(id).flatMap((document) => (read.has(document.id) ? [] : [document.path]));
}

/** What is not among the lessons of the newest run that was not given up. */
function lessonsSince({ learningRuns, corrections }: Store, { id }: Writer): number {
  const learned = learningRuns
    .list(id)
    .find(({ state }) => state.kind !== "cancelled" && state.kind !== "failed");
  const known = new Set(learned && planOf(learned.plan)?.corrections);
  return corrections.current(id).filter((correction) => !known.has(correction.id)).length;
}
