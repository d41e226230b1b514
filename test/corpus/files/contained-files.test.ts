import { execFileSync } from "node:child_process";
import { appendFileSync, closeSync, openSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { containGlobs } from "../../../src/corpus/files/contained-globs.ts";
import { diskFileSource, type FileSource } from "../../../src/corpus/files/file-source.ts";
import { readRegularFile } from "../../../src/corpus/files/read-regular-file.ts";
import { type CorpusOptions, readCorpus } from "../../../src/corpus/read-corpus.ts";

const limits = { maximumBytes: 1_000 };
const isPosix = process.platform !== "win32";

describe("A corpus", () => {
  let root = "";
  let blog = "";
  let secret = "";

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "contained-"));
    blog = path.join(root, "blog");
    secret = path.join(root, "blog-secret");
    await write("blog/post.md", "blog/drafts/draft.md", "blog-secret/diary.md", "blog-secret/key.log");
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(...files: readonly string[]): Promise<void> {
    for (const file of files) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), `This is the text of ${file}.`);
    }
  }

  async function read(options: CorpusOptions = {}, source: FileSource = diskFileSource) {
    const { documents, failures } = await readCorpus([blog], options, source);
    return {
      paths: documents.map((document) => path.relative(root, document.path)),
      failures: failures.map(({ name, path: file }) => [name, path.relative(root, file)]),
    };
  }

  const everything = () => [
    "../blog-secret/*.log",
    "**/../../blog-secret/**",
    "{../blog-secret,x}/*",
    "{x,../blog-secret}/*",
    "@(..)/blog-secret/*",
    "[.][.]/blog-secret/*",
    `${secret}/*`,
    `${path.dirname(blog)}/**`,
    `${secret.toUpperCase()}/*`,
    "/**/*",
    "../**/*.md",
    "\\../blog-secret/*",
  ];

  it("has no file outside of its folder, whatever the globs say.", async () => {
    for (const pattern of everything()) {
      const { paths } = await read({ include: [pattern], exclude: ["../../**/nothing/**"] });
      expect({ pattern, outside: paths.filter((file) => !file.startsWith("blog/")) }).toEqual({
        pattern,
        outside: [],
      });
    }
    expect((await read({ include: everything().concat("*.md") })).paths).toEqual(["blog/post.md"]);
  });

  it("says of each pattern that leads out that it was not followed.", async () => {
    const { failures } = await readCorpus([blog], { include: ["../x/*.md", `${secret}/*`] }, diskFileSource);
    expect(failures.map(({ name }) => name)).toEqual(["PatternLeadsOutError", "PatternLeadsOutError"]);
    expect(failures[0]?.message).toContain("'../x/*.md' leads out of this folder");
  });

  it("follows patterns that are absolute or go up, and lead back into the folder.", async () => {
    expect((await read({ include: [`${blog}/drafts/**`] })).paths).toEqual(["blog/drafts/draft.md"]);
    expect((await read({ include: ["../blog/*.md"] })).paths).toEqual(["blog/post.md"]);
    expect((await read({ exclude: [`${blog}/drafts/**`] })).paths).toEqual(["blog/post.md"]);
    expect((await read({ exclude: ["../blog/drafts/**"] })).paths).toEqual(["blog/post.md"]);
  });

  it.runIf(isPosix)("has nothing that a link leads to outside, and says where the link leads.", async () => {
    await symlink(path.join(secret, "diary.md"), path.join(blog, "a.md"));
    await symlink(secret, path.join(blog, "b"), "dir");
    await symlink("../drafts", path.join(blog, "drafts", "again"), "dir");
    await symlink(secret, path.join(blog, "node_modules"), "dir");
    const { paths, failures } = await read();
    expect(paths).toEqual(["blog/drafts/draft.md", "blog/post.md"]);
    expect(failures).toEqual([
      ["LeadsOutError", "blog/b"],
      ["LeadsOutError", "blog/a.md"],
    ]);
  });

  it.runIf(isPosix)("lists a linked folder that lies inside where only the link is asked for.", async () => {
    await symlink("drafts", path.join(blog, "now"), "dir");
    expect((await read({ include: ["now/**/*.md"] })).paths).toEqual(["blog/now/draft.md"]);
    expect((await read()).paths).toEqual(["blog/drafts/draft.md", "blog/post.md"]);
  });

  it.runIf(isPosix)("lists a folder that a link leads to once more, and no further.", async () => {
    await symlink("../drafts", path.join(blog, "drafts", "again"), "dir");
    const globs = { include: ["**/*.md"], exclude: [] };
    const { files } = await diskFileSource.list(blog, globs, [await diskFileSource.realPath(blog)]);
    const found = files.map((file) => path.relative(blog, file.path)).sort();
    expect(found).toEqual(["drafts/again/draft.md", "drafts/draft.md", "post.md"]);
  });

  it.runIf(isPosix)("may lie in a folder that is a link itself.", async () => {
    await symlink(blog, path.join(root, "link"), "dir");
    const { documents } = await readCorpus([path.join(root, "link")], {}, diskFileSource);
    expect(documents).toHaveLength(2);
  });

  it.runIf(isPosix)("is not read through a folder that becomes a link after it was listed.", async () => {
    const source: FileSource = {
      ...diskFileSource,
      async list(...asked) {
        const listing = await diskFileSource.list(...asked);
        await rename(path.join(blog, "drafts"), path.join(root, "moved"));
        await symlink(secret, path.join(blog, "drafts"), "dir");
        await writeFile(path.join(secret, "draft.md"), "This is a secret.");
        return listing;
      },
    };
    expect(await read({}, source)).toEqual({
      paths: ["blog/post.md"],
      failures: [["LeadsOutError", "blog/drafts/draft.md"]],
    });
  });

  it.runIf(isPosix)(
    "passes over pipes, devices and folders with the name of a text, and says so.",
    async () => {
      execFileSync("mkfifo", [path.join(blog, "pipe.md")]);
      await mkdir(path.join(blog, "folder.md"));
      await symlink("/dev/zero", path.join(blog, "zero.md"));
      await symlink("/proc/self/environ", path.join(blog, "environ.md"));
      const { paths, failures } = await read();
      expect(paths).toEqual(["blog/drafts/draft.md", "blog/post.md"]);
      expect(failures.filter(([, file]) => file !== "blog/environ.md")).toEqual([
        ["NotAFileError", "blog/pipe.md"],
        ["NotAFileError", "blog/zero.md"],
      ]);
      const environ = failures.find(([, file]) => file === "blog/environ.md")?.[0];
      expect(environ).toBe(process.platform === "linux" ? "LeadsOutError" : "FileUnreadableError");
    },
  );
});

describe("A file", () => {
  let root = "";

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "regular-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  it("is read up to the limit, and not a byte beyond.", async () => {
    const file = path.join(root, "a.md");
    await writeFile(file, "x".repeat(1_000));
    expect(await readRegularFile(file, limits)).toHaveLength(1_000);
    await writeFile(file, "x".repeat(1_001));
    await expect(readRegularFile(file, limits)).rejects.toMatchObject({ name: "FileTooLargeError" });
  });

  it.runIf(process.platform === "linux")("is read up to the limit where its size says nothing.", async () => {
    expect((await readRegularFile("/proc/self/stat", limits)).length).toBeGreaterThan(10);
    const few = { maximumBytes: 10 };
    await expect(readRegularFile("/proc/self/stat", few)).rejects.toMatchObject({
      name: "FileTooLargeError",
    });
  });

  it("ends to be read though somebody goes on writing it.", async () => {
    const file = path.join(root, "log.md");
    const writer = openSync(file, "a");
    appendFileSync(writer, "x".repeat(500));
    const growing = setInterval(() => appendFileSync(writer, "x".repeat(100_000)), 0);
    try {
      const most = { maximumBytes: 3_000_000 };
      await expect(readUntilFailure(file, most)).resolves.toBe("FileTooLargeError");
    } finally {
      clearInterval(growing);
      closeSync(writer);
    }
  });

  it.runIf(isPosix)("is refused at once where it is a device, a pipe or a folder.", async () => {
    const pipe = path.join(root, "pipe");
    execFileSync("mkfifo", [pipe]);
    const advice = expect.stringContaining("standard input");
    for (const [file, kind] of [
      [root, "a folder"],
      [pipe, "a pipe"],
      ["/dev/zero", "a device"],
    ] as const) {
      await expect(readRegularFile(file, limits)).rejects.toMatchObject({
        name: "NotAFileError",
        message: expect.stringContaining(`is ${kind}, not a file`),
        advice,
      });
    }
  });
});

/** Reads a file again and again, as it grows, until it is too large. */
async function readUntilFailure(file: string, most: { readonly maximumBytes: number }): Promise<string> {
  for (;;) {
    const failure = await readRegularFile(file, most).then(
      () => undefined,
      (cause: Error) => cause.name,
    );
    if (failure !== undefined) return failure;
  }
}

describe("Globs", () => {
  it("that stay in the folder are left as they are.", () => {
    const globs = { include: ["**/*.md", "!x/**", "a..b/*", "..hidden/*"], exclude: ["**/node_modules/**"] };
    expect(containGlobs("/blog", globs)).toEqual({ ...globs, refused: [] });
  });

  it("that lead out are refused, and need not be excluded.", () => {
    const leadingOut = ["../*", "!../*", "/etc/*", "a/../../*", "/blogs/x", "C:/x/*"];
    expect(containGlobs("/blog", { include: leadingOut, exclude: leadingOut })).toEqual({
      include: [],
      exclude: [],
      refused: leadingOut,
    });
  });
});
