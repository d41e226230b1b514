import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { diskFileSource } from "../../../src/corpus/files/file-source.ts";

const root = await mkdtemp(join(tmpdir(), "idiolect-identity-"));
afterAll(() => rm(root, { recursive: true, force: true }));

test("A file is known by where it really lies, through links to it and to its folders, with its own size and time.", async () => {
  await mkdir(join(root, "notes", "years"), { recursive: true });
  await writeFile(join(root, "notes", "years", "a.md"), "First.");
  await writeFile(join(root, "notes", "b.md"), "The second one.");
  await symlink(join(root, "notes", "years", "a.md"), join(root, "notes", "link.md"));
  await symlink(join(root, "notes"), join(root, "linked"), "dir");
  await symlink(join(root, "nowhere.md"), join(root, "notes", "dangling.md"));
  const within = [await realpath(root)];
  for (const folder of ["notes", "linked"]) {
    const { files } = await diskFileSource.list(
      join(root, folder),
      { include: ["**/*.md"], exclude: [] },
      within,
    );
    const names = files.map(({ path }) => path.split("/").at(-1)).sort();
    expect(names).toEqual(["a.md", "b.md", "dangling.md", "link.md"]);
    for (const { path, bytes, modifiedMs, identity } of files) {
      if (path.endsWith("dangling.md")) {
        expect({ bytes, modifiedMs }).toEqual({ bytes: 0, modifiedMs: 0 });
        continue;
      }
      const { size, mtimeMs } = await stat(path);
      expect({ identity, bytes, modifiedMs }).toEqual({
        identity: await realpath(path),
        bytes: size,
        modifiedMs: mtimeMs,
      });
    }
  }
});

test("Each of many files is told with its own size, in folders of all kinds and in those that are links.", async () => {
  const many = join(root, "many");
  const paths = Array.from({ length: 150 }, (_, at) => join(many, `folder ${at % 3}`, `${at}.md`));
  for (const folder of [0, 1, 2]) await mkdir(join(many, `folder ${folder}`), { recursive: true });
  await Promise.all(paths.map((path, at) => writeFile(path, "x".repeat(at))));
  await symlink(join(many, "folder 1"), join(many, "linked"), "dir");
  const globs = { include: ["folder*/*.md", "linked/*.md"], exclude: [] };
  const { files } = await diskFileSource.list(many, globs, [await realpath(root)]);
  expect(files.length).toBe(200);
  for (const { path, bytes, identity } of files) {
    expect(bytes).toBe(Number(/(\d+)\.md$/.exec(path)![1]));
    expect(identity).toBe(await realpath(path));
  }
});
