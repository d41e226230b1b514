import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nameOfWriter } from "../../src/session/writer-name.ts";
import { openStore } from "../../src/store/open-store.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";

test("A writer is known by the folders, else named by the documents, else by the folder.", async () => {
  const folder = temporaryFolder();
  using store = openStore(join(folder, "store"));
  const plain = writeSmallBlog(join(folder, "plain"), 3);
  const signed = join(folder, "signed");
  mkdirSync(signed);
  for (const number of [1, 2, 3]) {
    writeFileSync(join(signed, `${number}.md`), `---\nauthor: ${number < 3 ? "Ada" : "Guest"}\n---\nText.\n`);
  }
  expect(await nameOfWriter(store, [plain])).toBe("plain");
  expect(await nameOfWriter(store, [signed, plain])).toBe("Ada");
  expect(await nameOfWriter(store, [signed])).toBe("Ada");
  store.writers.setFolders(store.writers.ensure("Anna").id, [plain, signed]);
  expect(await nameOfWriter(store, [plain])).toBe("Anna");
});

test("Who has taught before anything was learned is the writer of what is learned.", async () => {
  const folder = temporaryFolder();
  using store = openStore(join(folder, "store"));
  const { id } = store.writers.ensure("workspace");
  store.corrections.add(id, { kind: "tagAdded", textHash: "t", tag: "tea" });
  expect(await nameOfWriter(store, [writeSmallBlog(join(folder, "posts"), 3)])).toBe("workspace");
});

test("A name with which nothing is connected names nobody else's folders.", async () => {
  const folder = temporaryFolder();
  using store = openStore(join(folder, "store"));
  store.writers.ensure("typo");
  expect(await nameOfWriter(store, [writeSmallBlog(join(folder, "posts"), 3)])).toBe("posts");
});
