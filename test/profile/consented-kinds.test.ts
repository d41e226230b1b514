import { expect, test } from "vitest";
import { searchedEndings } from "../../src/corpus/formats/formats.ts";
import { keepChoice } from "../../src/learner/corpus/chosen-files.ts";
import { consentedKinds, firstEndings, laterKinds } from "../../src/profile/consented-kinds.ts";
import { corpusOptions } from "../../src/profile/corpus-options.ts";
import { openTemporaryStore } from "../store/temporary-store.ts";

test("A new writer is learned from all kinds of files, and keeps these.", () => {
  const store = openTemporaryStore();
  const ann = store.writers.ensure("Ann");
  expect(laterKinds(store, ann)).toEqual([]);
  keepChoice(store, ann, {});
  expect(store.writers.chosenFiles(ann.id)).toEqual({ endings: searchedEndings });
});

test("A writer who was learned before other kinds were read is not learned from them until that is asked for.", () => {
  const store = openTemporaryStore();
  const ann = store.writers.ensure("Ann");
  store.writers.setChosenFiles(ann.id, { exclude: ["drafts/**"] });
  expect(consentedKinds(store, ann)).toEqual(firstEndings);
  expect(laterKinds(store, ann)).toContain("org");
  expect(corpusOptions({}, store, ann).include).toEqual(["**/*.{md,markdown,mdown,mkd,mdx,txt}"]);
  keepChoice(store, ann, {}, { by: "editor" });
  expect(consentedKinds(store, ann)).toEqual(firstEndings);
  keepChoice(store, ann, {}, { by: "terminal", include: ["*.org"] });
  expect(consentedKinds(store, ann)).toEqual(firstEndings);
  keepChoice(store, ann, {}, { by: "terminal", languages: ["de"] });
  expect(consentedKinds(store, ann)).toEqual(firstEndings);
  keepChoice(store, ann, {}, { by: "terminal" });
  expect(laterKinds(store, ann)).toEqual([]);
});

test("Patterns that are given count before the kinds.", () => {
  const store = openTemporaryStore();
  const ann = store.writers.ensure("Ann");
  expect(corpusOptions({ include: ["*.html"] }, store, ann).include).toEqual(["*.html"]);
});
