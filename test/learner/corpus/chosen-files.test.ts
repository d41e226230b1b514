import { expect, test } from "vitest";
import { chosenCorpus, chosenFiles, keepChoice } from "../../../src/learner/corpus/chosen-files.ts";
import type { CorpusSettings } from "../../../src/protocol/learner.ts";
import { openTemporaryStore } from "../../store/temporary-store.ts";

const usual: CorpusSettings = { by: "editor", maximumFileBytes: 5_000_000 };
const drafts: CorpusSettings = { by: "terminal", exclude: ["drafts/**"] };
const posts: CorpusSettings = { by: "editor", include: ["posts/*.md"], maximumFileBytes: 5_000_000 };

/** What holds after one learned after the other; undefined: a terminal that says nothing. */
function after(...givens: readonly (CorpusSettings | undefined)[]) {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  for (const given of givens) store.writers.setChosenFiles(writer.id, chosenFiles(store, writer, given));
  return store.writers.chosenFiles(writer.id);
}

test("Nothing is chosen where nobody said anything.", () => {
  expect(after(undefined)).toEqual({});
});

test("What a terminal chose holds for a terminal that says nothing, and for an editor with the usual settings.", () => {
  expect(after(drafts, undefined)).toEqual(drafts);
  expect(after(drafts, usual, undefined, usual)).toEqual(drafts);
});

test("What an editor chose holds for a terminal that says nothing, until the editor takes it back.", () => {
  expect(after(posts, undefined)).toEqual(posts);
  expect(after(posts, undefined, usual)).toEqual(usual);
});

test("Whoever says something else decides.", () => {
  expect(after(drafts, posts)).toEqual(posts);
  expect(after(posts, drafts)).toEqual({ ...drafts, maximumFileBytes: 5_000_000 });
  expect(after(drafts, { by: "terminal" }, usual)).toEqual({ by: "terminal" });
  expect(after(drafts, { ...usual, maximumFileBytes: 1_000 })).toEqual({ ...usual, maximumFileBytes: 1_000 });
});

test("An editor speaks of the folders that it has open; others stay as they were read.", () => {
  const [a, b] = [{ exclude: ["a/**"] }, { exclude: ["b/**"] }];
  const both = { ...usual, byFolder: { "/a": a, "/b": b } };
  expect(after(both, { ...usual, byFolder: { "/b": {} } })).toEqual({
    ...usual,
    byFolder: { "/a": a, "/b": {} },
  });
  expect(after(both, usual)).toEqual(both);
  expect(after(drafts, { ...usual, byFolder: { "/a": {}, "/b": {} } })).toEqual(drafts);
  expect(after(drafts, both)).toEqual(both);
});

test("What an editor does not say stays as it was kept, whoever said that.", () => {
  const unsaid = ["include", "exclude", "maximumFileBytes", "languages", "hashtags"] as const;
  const silent: CorpusSettings = { ...usual, unsaid: [...unsaid] };
  expect(after(posts, silent)).toEqual(posts);
  expect(after(drafts, silent)).toEqual(drafts);
  expect(after(silent)).toEqual(usual);
  const tagged: CorpusSettings = { ...usual, hashtags: "never", unsaid: [...unsaid.slice(0, 4)] };
  expect(after(posts, tagged)).toEqual({ ...posts, hashtags: "never" });
  expect(after(drafts, tagged)).toEqual({
    ...drafts,
    by: "editor",
    maximumFileBytes: 5_000_000,
    hashtags: "never",
  });
  const byFolder = { "/a": { exclude: ["a/**"], languages: ["de"] } };
  const ofFolder: CorpusSettings = {
    ...silent,
    byFolder: { "/a": { hashtags: "always", unsaid: [...unsaid.slice(0, 4)] } },
  };
  expect(after({ ...usual, byFolder }, ofFolder)).toEqual({
    ...usual,
    byFolder: { "/a": { exclude: ["a/**"], languages: ["de"], hashtags: "always" } },
  });
});

test("What a terminal chose holds in all folders; what it has no option for stays in each.", () => {
  const byFolder = { "/a": { exclude: ["a/**"], languages: ["de"] }, "/b": { maximumFileBytes: 1_000 } };
  expect(after({ ...usual, byFolder }, drafts)).toEqual({
    ...drafts,
    maximumFileBytes: 5_000_000,
    byFolder: {
      "/a": { exclude: ["drafts/**"], languages: ["de"] },
      "/b": { exclude: ["drafts/**"], maximumFileBytes: 1_000 },
    },
  });
});

test("A folder that was left out is learned again where a terminal chooses it without a word about files.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const choose = (folders: string[], leaveOut?: string[]) => {
    const chosen = chosenCorpus(store, writer, { folders, ...(leaveOut && { whose: { leaveOut } }) });
    keepChoice(store, writer, chosen);
    return chosen;
  };
  choose(["/blog"], ["/work"]);
  expect(choose(["/blog"]).leaveOut).toEqual(["/work"]);
  expect(choose(["/work"]).leaveOut).toBeUndefined();
  expect(store.writers.chosenFiles(writer.id)?.leaveOut).toBeUndefined();
});
