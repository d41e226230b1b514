import { dirname } from "node:path";
import { expect, test } from "vitest";
import { projectFiles, readText, sourceFiles } from "./project-files.ts";

/** More than these are no index any more: a folder is missing. */
const mostFiles = 24;

test(`No folder of src holds more than ${mostFiles} files.`, () => {
  const folders = Map.groupBy(sourceFiles, dirname);
  const crowded = [...folders].filter(([, files]) => files.length > mostFiles);
  expect(crowded.map(([folder, { length }]) => `${folder}: ${length}`)).toEqual([]);
});

const hasSources = (folder: string): boolean => sourceFiles.some((path) => path.startsWith(`${folder}/`));

test("Tests of a room lie in folders as the room's files do.", () => {
  const rooms = new Set(sourceFiles.map((path) => path.split("/")[1]));
  const tested = projectFiles()
    .filter((path) => /^test\/.*\.test\.ts$/.test(path))
    // What lies in test/editor drives a real VS Code; the mirror of src/editor is test/editor-unit.
    .filter((path) => !path.startsWith("test/editor/"))
    .map((path) => dirname(path).replace(/^test\/editor-unit/, "test/editor"))
    .filter((folder) => rooms.has(folder.split("/")[1]));
  expect([...new Set(tested)].filter((folder) => !hasSources(folder.replace(/^test/, "src")))).toEqual([]);
});

test("docs/architecture.md says of each room what its folders are.", () => {
  const [, section = ""] = readText("docs/architecture.md").match(/^## Folders$(.*?)^## /ms) ?? [];
  const rows = new Map(
    [...section.matchAll(/^\| `src\/([\w-]+)` \| (.+) \|$/gm)].map(
      ([, room, text]) => [room!, text!] as const,
    ),
  );
  const folders = new Set(sourceFiles.map((path) => dirname(path).split("/").slice(1, 3).join("/")));
  const untold = [...folders].filter((folder) => {
    const [room = "", inner] = folder.split("/");
    const text = rows.get(room);
    return text === undefined || (inner !== undefined && !text.includes(`\`${inner}/\``));
  });
  expect(untold).toEqual([]);
});
