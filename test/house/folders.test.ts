import { dirname } from "node:path";
import { expect, test } from "vitest";
import { sourceFiles } from "./project-files.ts";

/** More than these are no index any more: a folder is missing. */
const mostFiles = 24;

test(`No folder of src holds more than ${mostFiles} files.`, () => {
  const folders = Map.groupBy(sourceFiles, dirname);
  const crowded = [...folders].filter(([, files]) => files.length > mostFiles);
  expect(crowded.map(([folder, { length }]) => `${folder}: ${length}`)).toEqual([]);
});
