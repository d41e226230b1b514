import { expect, test } from "vitest";
import { openTemporaryStore } from "./temporary-store.ts";

test("Tags taken from suggestions are kept by document, whatever their capitals, and go with the writer.", () => {
  const store = openTemporaryStore();
  const [anna, ben] = [store.writers.ensure("Anna"), store.writers.ensure("Ben")];
  store.acceptedTags.add(anna.id, "/a.md", ["Tea", "boats"]);
  store.acceptedTags.add(anna.id, "/a.md", [" tea "]);
  store.acceptedTags.add(ben.id, "/a.md", ["rope"]);
  expect(store.acceptedTags.list(anna.id).map(({ path, tag }) => [path, tag])).toEqual([
    ["/a.md", "boats"],
    ["/a.md", "tea"],
  ]);
  store.acceptedTags.remove(anna.id, "/a.md", "TEA");
  expect(store.acceptedTags.list(anna.id).map(({ tag }) => tag)).toEqual(["boats"]);
  expect(store.acceptedTags.list(ben.id).map(({ tag }) => tag)).toEqual(["rope"]);
});
