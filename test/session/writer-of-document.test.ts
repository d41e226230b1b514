import { expect, test } from "vitest";
import { noTraining } from "../../src/profile/report.ts";
import { nearestWriter, writerOfDocument } from "../../src/session/writer-of-document.ts";
import type { Store } from "../../src/store/store.ts";
import { openTemporaryStore } from "../store/temporary-store.ts";

const writer = (name: string, ...folders: string[]) => ({
  id: name.length,
  name,
  folders,
  places: {},
  createdMs: 0,
});

test("The writer of a path is the one in whose innermost folder it lies.", () => {
  const writers = [writer("Ann", "/home/ann"), writer("Robert", "/home/ann/guests/rob/")];

  expect(nearestWriter(writers, "/home/ann/a.md")?.name).toBe("Ann");
  expect(nearestWriter(writers, "/home/ann/guests/rob/a.md")?.name).toBe("Robert");
  expect(nearestWriter(writers, "/home/anna/a.md")).toBeUndefined();
});

test("The writer of a path is the only one there is, wherever it lies.", () => {
  expect(nearestWriter([writer("Ann", "/home/ann")], "/elsewhere/a.md")?.name).toBe("Ann");
  expect(nearestWriter([], "/elsewhere/a.md")).toBeUndefined();
});

/** Writers with a folder each, as whom they were learned, and what was read of each. */
function storeWith(
  ...writers: readonly { name: string; folder: string; learnedAs?: string; read?: readonly string[] }[]
): Store {
  const store = openTemporaryStore();
  for (const { name, folder, learnedAs, read = [] } of writers) {
    const { id } = store.writers.ensure(name);
    store.writers.setFolders(id, [folder], {});
    for (const path of read) {
      const file = { path, hash: path, sizeBytes: 1, mtimeMs: 1, words: 1 };
      const about = { author: undefined, language: "en", dateMs: 1, title: undefined, tags: [] };
      store.documents.save(id, { ...file, ...about }, []);
    }
    if (learnedAs === undefined) continue;
    const report = { ...emptyReport, corpus: { ...emptyReport.corpus, author: learnedAs } };
    store.profileVersions.add(id, { baseModelId: "base", formatVersion: 1, blobs: {}, report }, "activate");
  }
  return store;
}

const gate = { open: false, reason: "" };
const emptyReport = {
  corpus: { folders: [], documents: 0, passages: 0, words: 0, tags: 0, taggedDocuments: 0 },
  curves: { masking: [] },
  heldOut: {},
  gate: { tone: gate, tags: gate, masking: gate },
  learned: noTraining,
};

const nameOf = (store: Store, path: string, ...authors: readonly string[]) =>
  writerOfDocument(store, path, authors)?.name;

test("The writer of a document is who it says wrote it, wherever it lies.", () => {
  const store = storeWith({ name: "Ann", folder: "/ann" }, { name: "Ben", folder: "/ben" });
  expect(nameOf(store, "/ann/a.md", "Ben")).toBe("Ben");
  expect(nameOf(store, "/ann/a.md")).toBe("Ann");
});

test("A document by somebody else is nobody's where the nearest was learned under a name.", () => {
  const named = storeWith({ name: "Ann", folder: "/ann", learnedAs: "Ann" }, { name: "Ben", folder: "/ben" });
  expect(nameOf(named, "/ann/a.md", "Carla")).toBeUndefined();
  const nameless = storeWith({ name: "Ann", folder: "/ann", learnedAs: "" }, { name: "Ben", folder: "/ben" });
  expect(nameOf(nameless, "/ann/a.md", "Carla")).toBe("Ann");
});

test("Of writers whose folders hold a document that names nobody it is the one who was learned from it.", () => {
  const inner = { name: "Ann", folder: "/blog/guests" };
  const store = storeWith(inner, { name: "Ben", folder: "/blog", read: ["/blog/guests/a.md"] });
  expect(nameOf(store, "/blog/guests/a.md")).toBe("Ben");
  expect(nameOf(store, "/blog/guests/b.md")).toBe("Ann");
});
