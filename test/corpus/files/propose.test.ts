import { describe, expect, it } from "vitest";
import { proposeFolders, surveyFolder } from "../../../src/corpus/files/propose.ts";
import { MemoryFileSource } from "../memory-file-source.ts";

describe("proposing folders", () => {
  it("counts what looks like prose, and leaves out stubs and single files", async () => {
    const post = (tag: string) => `---\ntags: [${tag}]\n---\n${"word ".repeat(50)}`;
    const source = new MemoryFileSource({
      "/root/README.md": "word ".repeat(500),
      "/root/blog/1.md": post("a"),
      "/root/blog/2.md": post("A"),
      "/root/blog/3.md": post("b"),
      "/root/blog/old/4.md": post("c"),
      "/root/blog/old/locked.md": new Error("EACCES"),
      "/root/stubs/1.md": "One.",
      "/root/stubs/2.md": "Two.",
      "/root/stubs/3.md": "Three.",
      "/root/notes/1.txt": "word ".repeat(90),
      "/root/notes/2.txt": "word ".repeat(90),
      "/root/notes/3.txt": "word ".repeat(90),
    });
    expect(await proposeFolders("/root", source)).toEqual([
      { folder: "/root/notes", documents: 3, words: 270, tags: 0, authors: [{ name: "", documents: 3 }] },
      { folder: "/root/blog", documents: 4, words: 200, tags: 3, authors: [{ name: "", documents: 4 }] },
    ]);
  });

  const long = "word ".repeat(50);
  const folders = async (files: Readonly<Record<string, string>>, root = "/root") =>
    (await proposeFolders(root, new MemoryFileSource(files))).map(({ folder, documents }) => [
      folder,
      documents,
    ]);

  it("proposes a blog's years, months and days as the one folder in which they lie", async () => {
    const years = {
      "/root/posts/2023/1.md": long,
      "/root/posts/2023/2.md": long,
      "/root/posts/2023/3.md": long,
      "/root/posts/2024/05/31/4.md": long,
      "/root/posts/2024/06/5.md": long,
      "/root/posts/2025-06/6.md": long,
      "/root/journal/2025-06-01/7.md": long,
      "/root/journal/2025-06-02/8.md": long,
      "/root/journal/2025-06-03/9.md": long,
    };
    expect(await folders(years)).toEqual([
      ["/root/posts", 6],
      ["/root/journal", 3],
    ]);
  });

  it("never proposes more than the root, were it called after a year itself", async () => {
    const files = { "/root/2024/1.md": long, "/root/2024/2.md": long, "/root/2024/05/3.md": long };
    expect(await folders(files, "/root/2024")).toEqual([["/root/2024", 3]]);
  });

  it("takes texts that lie beside their pictures, each in a folder of its own, for one folder", async () => {
    const bundles = {
      "/root/content/one/index.md": long,
      "/root/content/two/index.md": long,
      "/root/content/2024/three/index.md": long,
    };
    expect(await folders(bundles)).toEqual([["/root/content", 3]]);
  });

  it("counts all that is in a folder that somebody chose, were it one short note", async () => {
    const source = new MemoryFileSource({ "/notes/one.md": "---\ntags: [a]\n---\nShort.\n" });
    expect(await surveyFolder("/notes", source)).toEqual({
      folder: "/notes",
      documents: 1,
      words: 1,
      tags: 1,
      authors: [{ name: "", documents: 1 }],
    });
  });
});
