import { expect, test } from "vitest";
import { openTemporaryStore } from "../temporary-store.ts";

test("Tags taken from suggestions are kept by document, whatever their capitals, and go with the writer.", () => {
  const store = openTemporaryStore();
  const [anna, ben] = [store.writers.ensure("Anna"), store.writers.ensure("Ben")];
  const text = { path: "/a.md", textHash: "a", sentences: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
  store.acceptedTags.add(anna.id, text, ["boats", "Tea"]);
  store.acceptedTags.add(anna.id, text, [" tea "]);
  store.acceptedTags.add(ben.id, text, ["rope"]);
  expect(store.acceptedTags.list(anna.id)[0]).toMatchObject({ ...text, tag: "boats" });
  expect(store.acceptedTags.list(anna.id).map(({ path, tag }) => [path, tag])).toEqual([
    ["/a.md", "boats"],
    ["/a.md", "tea"],
  ]);
  store.acceptedTags.remove(store.acceptedTags.list(anna.id)[1]!);
  expect(store.acceptedTags.list(anna.id).map(({ tag }) => tag)).toEqual(["boats"]);
  expect(store.acceptedTags.list(ben.id).map(({ tag }) => tag)).toEqual(["rope"]);
});
