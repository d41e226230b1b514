import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../src/store/store-folder.ts";
import { temporaryPath } from "./temporary-store.ts";

test("Folders are made with those above them, and one that is there stays.", () => {
  const folder = temporaryPath("some/deep/folder");
  makeFolder(folder);
  writeFileSync(join(folder, "note"), "");
  makeFolder(folder);
  expect(existsSync(join(folder, "note"))).toBe(true);
});

test("A file in the way is told.", () => {
  const file = temporaryPath("file");
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, "");
  expect(() => makeFolder(join(file, "deeper", "still"))).toThrow("ENOTDIR");
});

test.skipIf(process.platform !== "linux")(
  "A folder that the system does not let be is told, and not waited for.",
  () => {
    const program = join(import.meta.dirname, "children", "open-store.ts");
    const ran = spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", program, "/proc/x/y"], {
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(ran).toMatchObject({ status: 0, stdout: "StoreFolderError\n" });
  },
);
