import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { type CorpusEvent, type KnownFiles, readCorpus, streamCorpus } from "../../src/corpus/read-corpus.ts";
import { MemoryFileSource } from "./memory-file-source.ts";

const ENGLISH =
  "This is a longer piece of English text, so that its language can be told from the words alone.";
const GERMAN =
  "Dies ist ein längerer deutscher Text, damit man die Sprache an den Wörtern allein erkennen kann.";

function knownOf(
  documents: readonly { path: string; hash: string; bytes: number; modifiedMs: number }[],
): KnownFiles {
  return new Map(documents.map((document) => [document.path, document]));
}

describe("reading a corpus", () => {
  it("gives documents in order of path", async () => {
    const source = new MemoryFileSource({
      "/a/z.md": "Last.",
      "/a/B.md": "First.",
      "/a/b/c.md": "Second one.",
    });
    const { documents } = await readCorpus(["/a"], {}, source);
    expect(documents.map((document) => document.path)).toEqual(["/a/B.md", "/a/b/c.md", "/a/z.md"]);
  });

  it("leaves out a bad file and reads the rest", async () => {
    const source = new MemoryFileSource({
      "/a/binary.md": new Uint8Array([1, 0, 2]),
      "/a/empty.md": "",
      "/a/good.md": "A sentence.",
      "/a/huge.md": { content: "x", bytes: 50_000_000 },
      "/a/locked.md": new Error("EACCES: permission denied"),
    });
    const { documents, failures } = await readCorpus(["/a", "/missing"], {}, source);
    expect(documents).toHaveLength(1);
    expect(failures.map(({ name, path: file }) => [name, file])).toEqual([
      ["FolderUnreadableError", "/missing"],
      ["BinaryFileError", "/a/binary.md"],
      ["NoProseError", "/a/empty.md"],
      ["FileTooLargeError", "/a/huge.md"],
      ["FileUnreadableError", "/a/locked.md"],
    ]);
    for (const failure of failures) expect(failure.advice).toMatch(/\w+\.$/);
    expect(failures[3]?.message).toContain("larger than the limit of 5.0 MB");
    expect(source.readPaths).not.toContain("/a/huge.md");
  });

  it("reads again only what has changed", async () => {
    const first = new MemoryFileSource({
      "/a/changed.md": { content: "Old text.", modifiedMs: 1 },
      "/a/gone.md": "Gone text.",
      "/a/same.md": { content: "Same text.", modifiedMs: 1 },
      "/a/touched.md": { content: "Touched text.", modifiedMs: 1 },
    });
    const known = knownOf((await readCorpus(["/a"], {}, first)).documents);
    const second = new MemoryFileSource({
      "/a/changed.md": { content: "New text.", modifiedMs: 2 },
      "/a/new.md": "Brand new.",
      "/a/same.md": { content: "Same text.", modifiedMs: 1 },
      "/a/touched.md": { content: "Touched text.", modifiedMs: 2 },
    });
    const reading = await readCorpus(["/a"], {}, second, known);
    expect(reading.documents.map((document) => document.path)).toEqual(["/a/changed.md", "/a/new.md"]);
    expect(reading.unchanged.map((file) => file.path)).toEqual(["/a/same.md", "/a/touched.md"]);
    expect(reading.gone).toEqual(["/a/gone.md"]);
    expect(second.readPaths).not.toContain("/a/same.md");
  });

  it("takes no file for gone while its folder cannot be listed", async () => {
    const known = knownOf([{ path: "/off/x.md", hash: "h", bytes: 1, modifiedMs: 1 }]);
    expect((await readCorpus(["/off"], {}, new MemoryFileSource({}), known)).gone).toEqual([]);
  });

  it("keeps documents in other languages, and says in which", async () => {
    const source = new MemoryFileSource({ "/a/de.md": GERMAN, "/a/en.md": ENGLISH, "/a/short.md": "Short." });
    const { documents } = await readCorpus(["/a"], {}, source);
    expect(documents.map(({ language }) => language)).toEqual(["de", "en", undefined]);
    expect(documents.map(({ sentences }) => sentences[0]?.language)).toEqual(["de", "en", "en"]);
  });

  it("tells its progress, and stops when it is told to", async () => {
    const source = new MemoryFileSource({
      "/a/1.md": "One here.",
      "/a/2.md": "Two here.",
      "/a/3.md": "Three here.",
    });
    const controller = new AbortController();
    const seen: CorpusEvent["kind"][] = [];
    const reading = async () => {
      for await (const event of streamCorpus(["/a"], { signal: controller.signal }, source)) {
        seen.push(event.kind);
        if (event.kind === "document" && event.done === 2) controller.abort(new Error("enough"));
      }
    };
    await expect(reading()).rejects.toThrow("enough");
    expect(seen).toEqual(["found", "document", "document"]);
  });
});

describe("files on disk", () => {
  let root = "";

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "corpus-"));
  });

  afterEach(() => rm(root, { recursive: true }));

  async function write(...files: readonly string[]): Promise<void> {
    for (const file of files) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), "Some text.");
    }
  }

  async function found(options = {}): Promise<readonly string[]> {
    const { documents } = await readCorpus([root], options, diskFileSource);
    return documents.map((document) => path.posix.relative(root.replaceAll("\\", "/"), document.path));
  }

  it("are found by their endings, without those of others", async () => {
    await write(
      "a.md",
      "b/c.MARKDOWN",
      "b/d.txt",
      "x.html",
      "node_modules/p/readme.md",
      ".git/x.md",
      "b/vendor/y.md",
    );
    expect(await found()).toEqual(["a.md", "b/c.MARKDOWN", "b/d.txt"]);
  });

  it("are found by globs of the user", async () => {
    await write("posts/a.md", "posts/draft/b.md", "notes/c.md");
    expect(await found({ include: ["posts/**/*.md"], exclude: ["**/draft/**"] })).toEqual(["posts/a.md"]);
  });

  it("are read once, though links lead to them in circles", async () => {
    await write("a/b/post.md");
    await symlink(root, path.join(root, "a", "b", "loop"), "dir");
    await symlink(path.join(root, "a", "b", "post.md"), path.join(root, "z.md"));
    await symlink(path.join(root, "nowhere.md"), path.join(root, "dangling.md"));
    const reading = await readCorpus([root], {}, diskFileSource);
    expect(reading.documents).toHaveLength(1);
    expect(reading.failures.every(({ name }) => name === "FileUnreadableError")).toBe(true);
  });

  it("may be named one by one", async () => {
    await write("only.text", "other.md");
    const { documents } = await readCorpus([path.join(root, "only.text")], {}, diskFileSource);
    expect(documents).toHaveLength(1);
  });
});
