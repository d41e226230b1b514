import { basename, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { measuredBlogs } from "../../../scripts/model/left-out.ts";
import { readIntoStore } from "../../../src/learner/corpus/read-into-store.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { needs } from "../../prerequisite.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const corpora = needs("shared", "corpora");
const cases = needs("shared", "cases/corpus");

async function tagsRead(folders: readonly string[], settings: { hashtags?: "always" }) {
  using store = openStore(temporaryFolder());
  const writer = store.writers.ensure("Anna");
  const stage = { store, writer, folders, settings, notice: () => undefined, breathe: async () => undefined };
  await readIntoStore(stage);
  return { uses: store.documents.tagUses(writer.id), documents: store.documents.list(writer.id) };
}

describe.skipIf(corpora.isMissing)(`The ten blogs${corpora.note}`, () => {
  it.each([...measuredBlogs])(
    "%s gets no hashtag, and at most one post in forty has something like it.",
    async (blog) => {
      const { uses, documents } = await tagsRead([resolve("../shared/corpora", blog)], {});
      const found = uses.filter(({ kind }) => kind === "hashtag");
      expect(found.filter(({ counts }) => counts)).toEqual([]);
      expect(new Set(found.map(({ path }) => path)).size).toBeLessThanOrEqual(documents.length / 40);
    },
    600_000,
  );
});

describe.skipIf(cases.isMissing)(`The shared cases${cases.note}`, () => {
  it("have hashtags and texts of several words that are told apart.", async () => {
    const { uses } = await tagsRead([resolve("../shared/cases/corpus")], { hashtags: "always" });
    const of = (file: string) => uses.filter(({ path }) => basename(path) === file);
    expect(of("W05-inline-hashtags.md").map(({ tag, counts }) => [tag, counts])).toEqual([
      ["garden", true],
      ["journal/2024", true],
    ]);
    // `rust` is the tag of another case, and the other two words are of none: one in three is not most.
    const [whole, ...words] = of("W36-jekyll-space-tags.md");
    expect([whole, ...words].map((use) => [use?.tag, use?.counts])).toEqual([
      ["rust async web", true],
      ["rust", false],
      ["async", false],
      ["web", false],
    ]);
  });
});
