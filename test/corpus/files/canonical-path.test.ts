import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { canonicalPath, canonicalPathOf, type PathSystem } from "../../../src/corpus/files/canonical-path.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "idiolect-paths-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A disk that does not tell letters of different case apart, with some paths; a link names what it leads to. */
function diskOf(
  platform: NodeJS.Platform,
  paths: readonly string[],
  links: Record<string, string> = {},
): PathSystem {
  const letters = (path: string) => path.normalize("NFC").toLowerCase().replaceAll("\\", "/");
  return {
    platform,
    realPath: (path) => {
      const link = Object.keys(links).find((one) => letters(one) === letters(path));
      const found = link === undefined ? paths.find((one) => letters(one) === letters(path)) : links[link];
      if (found === undefined) throw new Error("ENOENT");
      return found;
    },
  };
}

const windows = diskOf("win32", ["C:\\", "C:\\Users", "C:\\Users\\Ann", "C:\\Users\\Ann\\Blog"], {
  "C:\\Users\\Ann\\Link": "C:\\Users\\Ann\\Blog",
});

test.each([
  "C:\\Users\\Ann\\Blog",
  "c:\\Users\\Ann\\Blog",
  "c:/users/ann/blog/",
  "C:/USERS/ANN/./BLOG",
  "C:\\Users\\Ann\\Other\\..\\Blog\\",
  "\\\\?\\C:\\Users\\Ann\\Blog",
])("On Windows %s is C:/Users/Ann/Blog.", (path) => {
  expect(canonicalPath(path, windows)).toBe("C:/Users/Ann/Blog");
});

test.each([
  ["c:\\users\\ann\\blog\\New Post.md", "C:/Users/Ann/Blog/New Post.md"],
  ["c:\\users\\ann\\Link", "C:/Users/Ann/Link"],
  ["c:\\", "C:/"],
  ["\\\\server\\Share\\Blog\\", "//server/Share/Blog"],
  ["\\\\?\\UNC\\server\\Share\\Blog", "//server/Share/Blog"],
])("On Windows %s is %s: what is not there keeps its name, and so does a link.", (path, expected) => {
  expect(canonicalPath(path, windows)).toBe(expected);
});

test.each([
  ["/users/ann/BLOG/", "/Users/Ann/Blog"],
  ["/Users/Ann/Cafe\u0301", "/Users/Ann/Caf\u00e9"],
  ["/Users/Ann/caf\u00e9/one.md", "/Users/Ann/Caf\u00e9/one.md"],
])("On macOS %s is %s, as the disk has it.", (path, expected) => {
  const mac = diskOf("darwin", ["/Users", "/Users/Ann", "/Users/Ann/Blog", "/Users/Ann/Caf\u00e9"]);
  expect(canonicalPath(path, mac)).toBe(expected);
});

test("On Linux case counts, and a link keeps its name.", () => {
  mkdirSync(join(folder, "Blog"));
  symlinkSync(join(folder, "Blog"), join(folder, "link"));
  const here: PathSystem = { platform: "linux", realPath: realpathSync.native };
  expect(canonicalPath(`${folder}/Blog/`, here)).toBe(`${folder}/Blog`);
  expect(canonicalPath(`${folder}/blog`, here)).toBe(`${folder}/blog`);
  expect(canonicalPath(`${folder}/./link`, here)).toBe(`${folder}/link`);
});

test("A spelling that is canonical stays as it is.", () => {
  for (const path of ["C:/Users/Ann/Blog", "C:/", "//server/Share/Blog"]) {
    expect(canonicalPath(path, windows)).toBe(path);
  }
});

test("The address of a file gives the same path, however an editor writes it.", () => {
  const address = pathToFileURL(join(folder, "a b.md")).href;
  expect(canonicalPathOf(address)).toBe(`${folder}/a b.md`);
  expect(canonicalPathOf(new URL(address))).toBe(`${folder}/a b.md`);
});
