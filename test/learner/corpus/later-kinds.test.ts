import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readIntoStore } from "../../../src/learner/corpus/read-into-store.ts";
import type { CorpusSettings } from "../../../src/protocol/learner.ts";
import { inEnglish, type Said } from "../../../src/said/said.ts";
import { openTemporaryStore } from "../../store/temporary-store.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Reads a folder of one Markdown file and one of Org for a writer, and gives the notices and the names of what was read. */
async function readFor(choice: object, settings: CorpusSettings = {}) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.md"), "I pruned the roses today.\n");
  writeFileSync(join(folder, "b.ORG"), "* Boats\nI rowed home this evening.\n");
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  store.writers.setChosenFiles(writer.id, choice);
  const notices: string[] = [];
  const notice = (message: Said, advice: Said) => notices.push(inEnglish(message), inEnglish(advice));
  await readIntoStore({ store, writer, folders: [folder], settings, notice, breathe: async () => undefined });
  return { notices, read: store.documents.list(writer.id).map(({ path }) => path.slice(-4)) };
}

it("Files of kinds that came after a writer was learned are told of, and not learned from.", async () => {
  const { notices, read } = await readFor({ endings: ["md"] });
  expect(read).toEqual(["a.md"]);
  expect(notices).toEqual([
    "1 file of kinds that are read only since this writer was learned (.org) was not learned from.",
    expect.stringContaining("idiolect learn --all-files"),
  ]);
});

it("Nothing is told where the kind was agreed to, or others are asked for.", async () => {
  const agreed = await readFor({ endings: ["md", "org"] });
  expect(agreed).toEqual({ notices: [], read: ["a.md", ".ORG"] });
  expect((await readFor({ endings: ["md"] }, { include: ["**/*.md"] })).notices).toEqual([]);
});
