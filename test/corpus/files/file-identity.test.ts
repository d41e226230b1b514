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
