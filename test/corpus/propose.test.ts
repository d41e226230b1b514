import { describe, expect, it } from "vitest";
import { proposeFolders } from "../../src/corpus/propose.ts";
import { MemoryFileSource } from "./memory-file-source.ts";

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
      { folder: "/root/notes", documents: 3, words: 270, tags: 0 },
      { folder: "/root/blog", documents: 4, words: 200, tags: 3 },
    ]);
  });
});
