import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepChoice, whoseText } from "../../src/learner/corpus/chosen-files.ts";
import type { ConsentSettings } from "../../src/learner/corpus/corpus-consent.ts";
import { CorpusLook } from "../../src/learner/corpus/corpus-look.ts";
import { readIntoStore } from "../../src/learner/corpus/read-into-store.ts";
import type { LearningJob } from "../../src/protocol/learner.ts";
import { nameOfWriter } from "../../src/session/writer-name.ts";
import { writerOfDocument } from "../../src/session/writer-of-document.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A blog of several people, and a store to read it into. */
class GroupBlog {
  readonly blog = join(temporaryFolder(), "blog");
  readonly store: Store = openStore(join(this.blog, "..", "store"));

  write(name: string, ...fields: readonly string[]): string {
    mkdirSync(join(this.blog, name, ".."), { recursive: true });
    const path = join(this.blog, name);
    writeFileSync(
      path,
      `---\n${fields.join("\n")}\n---\n\nThis is the text of ${name}. They saw the river.\n`,
    );
    return path;
  }

  /** Reads what is there and gives the names of the writer's documents, and what was left out. */
  async read(name: string, settings: ConsentSettings = {}) {
    const writer = this.store.writers.ensure(name);
    const { leftOut, authors } = await readIntoStore({
      store: this.store,
      writer,
      folders: [this.blog],
      settings,
      notice: () => undefined,
      breathe: async () => undefined,
    });
    this.store.writers.setFolders(writer.id, [this.blog]);
    const documents = this.store.documents
      .list(writer.id)
      .map(({ path }) => path.slice(this.blog.length + 1));
    return { documents: documents.toSorted(), leftOut, authors };
  }

  textOf(name: string): string {
    const { id } = this.store.writers.named(name)!;
    const { documents } = this.store;
    return documents
      .list(id)
      .flatMap((document) => documents.sentences(document.id).map(({ text }) => text))
      .join(" ");
  }
}

test("Several people who write in one folder are each learned from their own documents.", async () => {
  const group = new GroupBlog();
  const { blog, store } = group;
  for (const number of [1, 2, 3]) group.write(`ann-${number}.md`, "author: Ann Lee <ann@example.org>");
  group.write("bob-1.md", "author: Bob");
  group.write("bob-2.md", "author: BOB");
  group.write("both.md", "authors: [Ann Lee, Bob]");
  const annName = await nameOfWriter(store, [blog]);
  expect(annName).toBe("Ann Lee");
  expect(await group.read(annName)).toEqual({
    documents: ["ann-1.md", "ann-2.md", "ann-3.md"],
    authors: [
      { name: "Ann Lee", documents: 3 },
      { name: "Bob", documents: 2 },
    ],
    leftOut: [
      { reason: "other", documents: 2 },
      { reason: "together", documents: 1 },
    ],
  });
  const bobName = await nameOfWriter(store, [blog], "bob");
  expect((await group.read(bobName, { author: "bob" })).documents).toEqual(["bob-1.md", "bob-2.md"]);
  expect(await nameOfWriter(store, [blog])).toBe("Ann Lee");
  expect(await nameOfWriter(store, [blog], "BOB")).toBe(bobName);

  expect(writerOfDocument(store, join(blog, "new.md"), ["ann lee"])?.name).toBe("Ann Lee");
  expect(writerOfDocument(store, join(blog, "new.md"), ["Bob"])?.name).toBe(bobName);
  expect(writerOfDocument(store, join(blog, "bob-2.md"), [])?.name).toBe(bobName);
  expect(writerOfDocument(store, "/elsewhere/x.md", ["Ann Lee"])?.name).toBe("Ann Lee");
});

test("A document that asks for it is left out, and what was read of it goes.", async () => {
  const group = new GroupBlog();
  group.write("one.md", "title: One");
  const two = group.write("two.md", "title: Two", "tags: [secret]");
  expect((await group.read("Ann")).documents).toEqual(["one.md", "two.md"]);
  group.write("two.md", "title: Two", "tags: [secret]", "idiolect: false");
  const writer = group.store.writers.named("Ann")!;
  expect(await new CorpusLook().look(group.store, writer)).toMatchObject({ gone: [two] });
  expect(await group.read("Ann")).toMatchObject({
    documents: ["one.md"],
    leftOut: [{ reason: "field", documents: 1 }],
  });
  expect(group.textOf("Ann")).not.toContain("two.md");
  expect(group.store.vocabulary.list(writer.id)).toEqual([]);
});

test("A pattern, or a folder, that settings leave out goes as well, were it all there is.", async () => {
  const group = new GroupBlog();
  group.write("one.md", "title: One");
  group.write("drafts/two.md", "title: Two");
  expect((await group.read("Ann")).documents).toHaveLength(2);
  expect(await group.read("Ann", { exclude: ["drafts/**"] })).toMatchObject({
    documents: ["one.md"],
    leftOut: [{ reason: "excluded", documents: 1 }],
  });
  expect((await group.read("Ann")).documents).toHaveLength(2);
  expect(await group.read("Ann", { leaveOut: [join(group.blog, "drafts")] })).toMatchObject({
    documents: ["one.md"],
    leftOut: [{ reason: "folder", documents: 1 }],
  });
  expect(await group.read("Ann", { exclude: ["**"] })).toMatchObject({
    documents: [],
    leftOut: [{ reason: "excluded", documents: 2 }],
  });
});

test("Documents of others that were learned by an earlier version go.", async () => {
  const group = new GroupBlog();
  for (const number of [1, 2, 3]) group.write(`ann-${number}.md`, "author: Ann");
  const path = group.write("bob.md", "author: Bob");
  await group.read("Ann");
  const { store } = group;
  const record = store.documents.list(store.writers.named("Ann")!.id)[0]!;
  store.documents.save(store.writers.named("Ann")!.id, { ...record, path, hash: "x", author: "Bob" }, []);
  expect((await group.read("Ann")).documents).toEqual(["ann-1.md", "ann-2.md", "ann-3.md"]);
});

test("A folder that is not there for a while loses nothing.", async () => {
  const group = new GroupBlog();
  group.write("one.md", "author: Ann");
  await group.read("Ann");
  rmSync(join(group.blog, "one.md"));
  expect((await group.read("Ann")).documents).toEqual(["one.md"]);
});

test("A folder that was left out stays so for other programs, until it is chosen or switched on again.", () => {
  const { store } = new GroupBlog();
  const writer = store.writers.ensure("Ann");
  const say = (whose: NonNullable<LearningJob["whose"]>, folders: string[] = []) => {
    const said = whoseText(store, writer, { whose, folders });
    keepChoice(store, writer, said);
    return said;
  };
  expect(say({ leaveOut: ["/work"], coAuthors: true })).toEqual({ leaveOut: ["/work"], coAuthors: true });
  expect(say({}, ["/blog"])).toEqual({ leaveOut: ["/work"], coAuthors: true });
  expect(say({ leaveOut: ["/more"], takeIn: ["/blog"], coAuthors: false })).toEqual({
    leaveOut: ["/work", "/more"],
    coAuthors: false,
  });
  expect(say({ takeIn: ["/more"] }).leaveOut).toEqual(["/work"]);
  expect(say({}, ["/work"]).leaveOut).toBeUndefined();
});
