import { appendFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { proposeFolders } from "../../src/corpus/files/propose.ts";
import { LanguageTeller } from "../../src/corpus/language-teller.ts";
import { readIntoStore } from "../../src/learner/corpus/read-into-store.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { unitMean } from "../../src/numbers/vectors.ts";
import { encodeProfile, profileFormatVersion } from "../../src/profile/profile.ts";
import { noTraining } from "../../src/profile/report.ts";
import { readLabelVectors } from "../../src/readings/tags/label-vectors.ts";
import { suggestTags } from "../../src/readings/tags/tag-suggestions.ts";
import { taggedDocuments } from "../../src/readings/tags/tagged-documents.ts";
import { shippedModelPath } from "../../src/session/package-root.ts";
import { type ReadingSession, Session } from "../../src/session/session.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { UnitVector } from "../../src/store/repositories/vectors.ts";
import type { Store } from "../../src/store/store.ts";
import { learnTagSuggestion, tagsBeforeLearning } from "../../src/tags/tag-learning.ts";
import { measureFirstCompletion, type ServerCost } from "./first-completion.ts";
import { vaultNotes, writeVault } from "./vault.ts";

/** Where a vault of a size lies, and what is made of it. */
export interface SizedVault {
  readonly folder: string;
  readonly notes: number;
  readonly seed: number;
}

/** Runs `work` as the part of a stage that counts. */
export type Count = (work: () => Promise<unknown>) => Promise<void>;

/** @param tell is told what the stage cost where another process had the work */
export type SizeStage = (vault: SizedVault, count: Count, tell: (cost: ServerCost) => void) => Promise<void>;

const writerName = "bench";
const changedNotes = 500;
/** Of the newest ones, between which similarities are kept, about half come after it. */
const notesAfterMiddle = 400;
const wordsPerVector = 100;

/**
 * What is measured, each in a process of its own, in the order in which they follow one another: each leaves vault and
 * store to the next.
 */
export const sizeStages: Readonly<Record<string, SizeStage>> = {
  async proposing(vault, count) {
    writeVault(notesOf(vault), vault.notes, vault.seed);
    await count(async () => {
      return proposeFolders(notesOf(vault), diskFileSource, { teller: await LanguageTeller.open() });
    });
  },
  async reading(vault, count) {
    writeVault(notesOf(vault), vault.notes, vault.seed);
    using store = openStore(storeOf(vault));
    await count(() => readVault(vault, store));
  },
  /** Of the whole process: tags for a text that is no note. */
  async "first draft"(vault, count) {
    await withSession(vault, (session) => makeVectors(session));
    await count(() => withSession(vault, (session) => suggest(vault, session)));
  },
  "next draft": (vault, count) => count(() => withSession(vault, (session) => suggest(vault, session))),
  /** Of the editor's server, as it was built, from its start until a draft's tags come in the model's order. */
  async "first completion"(vault, _count, tell) {
    const path = join(notesOf(vault), "draft.md");
    tell(await measureFirstCompletion(storeOf(vault), cacheOf(vault), path, draftOf(vault)));
  },
  fitting: (vault, count) => withSession(vault, (session) => count(() => fitTags(session))),
  "newest note changed": (vault, count) => change(vault, count, 1),
  "a middle note changed": (vault, count) => change(vault, count, 1, notesAfterMiddle),
  "500 notes changed": (vault, count) => change(vault, count, changedNotes),
  async "half removed"(vault, count) {
    const half = Math.floor(vault.notes / 2);
    for (const { path } of vaultNotes(half, vault.seed)) rmSync(join(notesOf(vault), path), { force: true });
    using store = openStore(storeOf(vault));
    await count(() => readVault(vault, store));
  },
};

const notesOf = ({ folder }: SizedVault): string => join(folder, "notes");
const storeOf = ({ folder }: SizedVault): string => join(folder, "store");
const cacheOf = ({ folder }: SizedVault): string => join(folder, "cache");

async function withSession(
  vault: SizedVault,
  use: (session: ReadingSession) => Promise<unknown>,
): Promise<void> {
  const places = {
    storePath: storeOf(vault),
    modelPath: shippedModelPath(),
    // Where the server has it with this folder for caches.
    cachePath: join(cacheOf(vault), "idiolect"),
  };
  await using session = new Session({ places: () => places, tell: () => undefined });
  await use(await session.reading());
}

async function readVault(vault: SizedVault, store: Store): Promise<void> {
  await readIntoStore({
    store,
    writer: store.writers.ensure(writerName),
    folders: [notesOf(vault)],
    settings: {},
    notice: () => undefined,
    breathe: async () => undefined,
  });
}

/**
 * Vectors that cost next to nothing, for 16,000 notes take the model many minutes: each word adds to some of the numbers,
 * so that texts with words in common are near one another. And a profile that suggests tags as before learning.
 */
async function makeVectors({ store, reader, profileOf }: ReadingSession): Promise<void> {
  const writer = store.writers.ensure(writerName);
  const maker = { modelId: reader.id, profileVersion: undefined };
  const size = reader.model.config.hidden_size;
  const known = new Map<string, Float32Array>();
  const read = new Set(store.vectors.list(writer.id, maker, "document").map(({ documentId }) => documentId));
  store.inTransaction(() => {
    for (const { id, title = "" } of store.documents.list(writer.id)) {
      if (read.has(id)) continue;
      const words = store.documents.sentences(id).flatMap(({ text }) => text.toLowerCase().split(/\W+/u));
      const texts = [[...title.toLowerCase().split(/\W+/u), ...words.slice(0, wordsPerVector)]];
      for (let at = 0; at < words.length; at += wordsPerVector)
        texts.push(words.slice(at, at + wordsPerVector));
      const vectors = texts.map((text) => cheapVector(text, size, known));
      const units = vectors.map(
        (values, position): UnitVector => ({ unit: { kind: "passage", position }, values }),
      );
      store.vectors.save(id, maker, [{ unit: { kind: "document" }, values: unitMean(vectors) }, ...units]);
    }
  });
  if (profileOf(writer).kind === "open") return;
  store.profileVersions.add(
    writer.id,
    {
      baseModelId: reader.id,
      formatVersion: profileFormatVersion,
      blobs: encodeProfile({ tags: tagsBeforeLearning }),
      report: emptyReport(),
    },
    "activate",
  );
}

function cheapVector(words: readonly string[], size: number, known: Map<string, Float32Array>): Float32Array {
  const vectors = words.map((word) => {
    const vector = known.get(word) ?? wordVector(word, size);
    known.set(word, vector);
    return vector;
  });
  return unitMean(vectors.length === 0 ? [wordVector("", size)] : vectors);
}

const numbersPerWord = 12;

function wordVector(word: string, size: number): Float32Array {
  const random = createRandom(word);
  const vector = new Float32Array(size);
  for (let at = 0; at < numbersPerWord; at++) vector[random.integer(size)]! += random() < 0.5 ? -1 : 1;
  return vector;
}

function emptyReport() {
  const gate = { open: true, reason: "bench" };
  const corpus = { folders: [], documents: 0, passages: 0, words: 0, tags: 0, taggedDocuments: 0 };
  return {
    corpus: { ...corpus, authors: [], leftOut: [] },
    curves: { masking: [] },
    heldOut: {},
    gate: { tone: gate, tags: gate, masking: gate },
    learned: noTraining,
  };
}

/** A text that is no note. */
function draftOf({ seed, notes }: SizedVault): string {
  const [note] = vaultNotes(1, seed + notes);
  return note!.source.split(/\n# /u)[1] ?? note!.source;
}

async function suggest(
  vault: SizedVault,
  { store, reader, encoder, profileOf }: ReadingSession,
): Promise<void> {
  const writer = store.writers.ensure(writerName);
  const open = profileOf(writer);
  if (open.kind !== "open") throw new Error("There is no profile to suggest with.");
  const sentences = draftOf(vault).split(/(?<=\.)\s+/u);
  const text = { id: "draft.md", timeMs: undefined, title: "A draft", sentences };
  const tags = await suggestTags({ store, writerId: writer.id, reader, encoder, open }, text, {
    limit: 10,
    newTags: 3,
  });
  if (tags.length === 0) throw new Error("No tags were suggested.");
}

async function fitTags({ store, reader, encoder }: ReadingSession): Promise<void> {
  const maker = { modelId: reader.id, profileVersion: undefined };
  const documents = taggedDocuments(store, store.writers.ensure(writerName).id, maker, []);
  const tags = documents.flatMap((document) => document.tags);
  const labelVector = await readLabelVectors(reader.model, encoder, tags, reader.prompts);
  const { report } = await learnTagSuggestion(documents, { labelVector }, async () => undefined);
  const { idiolect, mostFrequent } = report.known;
  if (idiolect.recallAt5 <= mostFrequent.recallAt5) {
    throw new Error("What was fitted suggests no better than the most frequent tags.");
  }
}

/** The last notes, but for some, get another sentence; they are read, and tags are asked for. */
async function change(vault: SizedVault, count: Count, changed: number, but = 0): Promise<void> {
  const paths = Array.from(vaultNotes(vault.notes, vault.seed), ({ path }) => join(notesOf(vault), path));
  for (const path of paths.slice(paths.length - but - changed, paths.length - but)) {
    if (existsSync(path)) appendFileSync(path, `\n${changed} notes had one more sentence in the evening.\n`);
  }
  await withSession(vault, async (session) => {
    await count(async () => {
      await readVault(vault, session.store);
      await makeVectors(session);
      await suggest(vault, session);
    });
  });
}
