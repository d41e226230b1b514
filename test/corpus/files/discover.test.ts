import { expect, test } from "vitest";
import { discoverFiles } from "../../../src/corpus/files/discover.ts";
import { locateFolders } from "../../../src/corpus/files/paths.ts";
import { MemoryFileSource } from "../memory-file-source.ts";

const globs = { include: ["**"], exclude: [] };

/** Folders that lie elsewhere than they are named, as far as told. */
class LinkedFileSource extends MemoryFileSource {
  readonly asked: string[] = [];

  override async realPath(folder: string): Promise<string> {
    this.asked.push(folder);
    if (folder === "/gone") throw new Error("no such folder");
    return folder === "/link" ? "/elsewhere" : folder;
  }
}

const files = () => new LinkedFileSource({ "/blog/a.md": "A.", "/link/b.md": "B." });

test("It is asked once where a folder really lies.", async () => {
  const source = files();
  await discoverFiles(["/blog", "/link"], globs, source, { "/link": "/elsewhere" });
  expect(source.asked).toEqual(["/blog", "/link"]);
});

test("Nothing is listed in a folder that lies elsewhere than when it was chosen.", async () => {
  const found = await discoverFiles(["/blog", "/link"], globs, files(), { "/link": "/link" });
  expect(found.files.map(({ path }) => path)).toEqual(["/blog/a.md"]);
  expect(found.within).toEqual(["/blog"]);
  expect(found.failures.map(({ message }) => message)).toEqual([
    "/link: led to /link when it was chosen, and leads to /elsewhere now",
  ]);
});

test("Folders that are not there are nowhere, and those of which nothing is known lie where they lead.", async () => {
  const chosen = { "/gone": "/gone" };
  expect(await locateFolders(["/gone", "/link"], files(), chosen)).toEqual({
    within: ["/elsewhere"],
    redirected: [],
  });
});

test("Each folder's files are found by its own patterns, those of a folder within another by the inner one's.", async () => {
  const source = new MemoryFileSource({
    "/blog/a.md": "A.",
    "/blog/drafts/b.md": "B.",
    "/blog/drafts/c.txt": "C.",
    "/notes/d.txt": "D.",
    "/notes/drafts/e.md": "E.",
  });
  const own = { "/blog/drafts": { include: ["*.txt"], exclude: [] } };
  const byFolder = { ...own, "/notes": { include: ["**"], exclude: ["drafts/**"] } };
  const { files } = await discoverFiles(["/blog", "/blog/drafts", "/notes"], { ...globs, byFolder }, source);
  expect(files.map(({ path }) => path)).toEqual(["/blog/a.md", "/blog/drafts/c.txt", "/notes/d.txt"]);
});
