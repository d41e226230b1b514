import { dirname } from "node:path";
import { expect, test } from "vitest";
import { projectFiles, sourceFiles } from "./project-files.ts";

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
