import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readIntoStore } from "../../../src/learner/corpus/read-into-store.ts";
import type { CorpusSettings } from "../../../src/protocol/learner.ts";
import { inEnglish, type Said } from "../../../src/said/said.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { temporaryFolder } from "../temporary-folder.ts";

type Files = Readonly<Record<string, string>>;

/** Reads the files as a writer's, each time in the same store, and gives what came of it. */
function writerWith(files: Files) {
  const root = temporaryFolder();
  const folder = join(root, "notes");
  const write = (more: Files) => {
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  write(files);
  const read = async (settings: CorpusSettings = {}) => {
    const notices: string[] = [];
    using store = openStore(join(root, "store"));
    const writer = store.writers.ensure("Anna");
    const notice = (message: Said) => notices.push(inEnglish(message));
    const stage = { store, writer, folders: [folder], settings, notice, breathe: async () => undefined };
    await readIntoStore(stage);
    const tags = Object.fromEntries(
      store.documents.list(writer.id).map(({ path, tags: own }) => [path.slice(folder.length + 1), own]),
    );
    return { tags, notices, vocabulary: store.vocabulary.list(writer.id).map(({ tag }) => tag) };
  };
  return { write, read, root };
}

const vault: Files = {
  "a.md": "I pruned the roses today. #garden #journal/2024\n",
  "b.md": "I rowed home this evening. #journal/2024\n",
  "c.md": "The oars are dry again. #boats\n",
};

function plain(count: number): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`plain-${at}.md`, `I wrote this on day ${at}.\n`]),
  );
}

describe("Hashtags are tags of documents", () => {
  it("where the writer uses them, which is told once", async () => {
    const { read } = writerWith(vault);
    const first = await read();
    expect(first.tags).toEqual({
      "a.md": ["garden", "journal/2024"],
      "b.md": ["journal/2024"],
      "c.md": ["boats"],
    });
    expect(first.vocabulary).toEqual(["journal/2024", "boats", "garden"]);
    expect(first.notices).toEqual([expect.stringContaining("hashtags in the text of 3 of 3 documents")]);
    expect((await read()).notices).toEqual([]);
  });

  it("but not where few documents have some, unless that is wanted", async () => {
    const { read } = writerWith({ ...vault, ...plain(40) });
    expect((await read()).vocabulary).toEqual([]);
    expect((await read({ hashtags: "always" })).vocabulary).toEqual(["journal/2024", "boats", "garden"]);
    expect((await read()).vocabulary).toEqual([]);
  });

  it("in a vault of Obsidian's all the same", async () => {
    const { read } = writerWith({ ...plain(40), "a.md": vault["a.md"]!, ".obsidian/app.json": "{}" });
    expect((await read()).tags["a.md"]).toEqual(["garden", "journal/2024"]);
  });

  it("and not where that is not wanted", async () => {
    const { read } = writerWith(vault);
    expect((await read({ hashtags: "never" })).vocabulary).toEqual([]);
  });

  it("after the tags of the front matter", async () => {
    const { read } = writerWith({ ...vault, "d.md": "---\ntags: [Boats]\n---\nWe rowed. #boats #oars\n" });
    expect((await read()).tags["d.md"]).toEqual(["Boats", "oars"]);
  });
});

describe("A text of several words in 'tags' is", () => {
  const post = (tags: string) => `---\ntags: ${tags}\n---\nI wrote about this.\n`;

  it("several tags where most of its words are tags of other documents, which is told", async () => {
    const { read } = writerWith({
      "a.md": post("rust async web"),
      "b.md": post("[rust]"),
      "c.md": post("web"),
    });
    const { tags, notices } = await read();
    expect(tags["a.md"]).toEqual(["rust", "async", "web"]);
    expect(notices).toEqual([expect.stringContaining("In 1 document a line such as")]);
    expect((await read()).notices).toEqual([]);
  });

  it("several tags where other such texts have its words", async () => {
    const { read } = writerWith({
      "a.md": post("rust async"),
      "b.md": post("async web"),
      "c.md": post("web rust"),
    });
    expect((await read()).vocabulary).toEqual(["async", "rust", "web"]);
  });

  it("one tag where its words are no tags", async () => {
    const { read } = writerWith({
      "a.md": post("the long way"),
      "b.md": post("[way]"),
      "c.md": post("boats"),
    });
    expect((await read()).tags["a.md"]).toEqual(["the long way"]);
  });

  it("one tag where another document has it in a list", async () => {
    const { read } = writerWith({ "a.md": post("web design"), "b.md": post("[web design, web, design]") });
    expect((await read()).tags["a.md"]).toEqual(["web design"]);
  });

  it("one tag again when the other documents have changed", async () => {
    const { read, write } = writerWith({ "a.md": post("rust web"), "b.md": post("[rust, web]") });
    expect((await read()).tags["a.md"]).toEqual(["rust", "web"]);
    write({ "b.md": post("[something, entirely, different]") });
    expect((await read()).tags["a.md"]).toEqual(["rust web"]);
  });
});

it("Files that an earlier version has read are read again for their hashtags, and keep what was derived.", async () => {
  const { read, root } = writerWith(vault);
  await read({ hashtags: "never" });
  {
    using store = openStore(join(root, "store"));
    const { id } = store.writers.named("Anna")!;
    for (const document of store.documents.list(id)) {
      const sentences = store.documents.sentences(document.id);
      store.documents.save(id, { ...document, mtimeMs: -1 }, sentences);
      store.labels.replace(document.id, [{ sentence: 0, source: "field", valence: 1, weight: 1 }]);
    }
    expect(store.documents.tagUses(id)).toEqual([]);
  }
  expect((await read()).vocabulary).toEqual(["journal/2024", "boats", "garden"]);
  using store = openStore(join(root, "store"));
  expect(store.labels.list(store.writers.named("Anna")!.id)).toHaveLength(3);
});
