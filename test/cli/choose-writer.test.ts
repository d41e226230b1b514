import { join } from "node:path";
import { expect, test } from "vitest";
import { chooseWriter } from "../../src/cli/choose-writer.ts";
import { openStore } from "../../src/store/open-store.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";

test("Of several writers the one whose document it is reads it: by its author, else by its folder.", () => {
  using store = openStore(join(temporaryFolder(), "store"));
  for (const name of ["Ann", "Bob"]) {
    const { id } = store.writers.ensure(name);
    store.writers.setFolders(id, [`/${name}`]);
    const file = { path: `/${name}/1.md`, hash: name, sizeBytes: 1, mtimeMs: 1, author: name };
    const rest = { language: undefined, dateMs: undefined, title: undefined, words: 1, tags: [] };
    store.documents.save(id, { ...file, ...rest }, []);
  }
  expect(chooseWriter(store, undefined, { path: "/Bob/new.md" }).name).toBe("Bob");
  expect(chooseWriter(store, undefined, { path: "/Bob/new.md", author: "ann" }).name).toBe("Ann");
  expect(() => chooseWriter(store, undefined, { path: "/elsewhere/new.md" })).toThrow("--writer");
});
