import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { walkthroughPictures } from "../../scripts/vsix-contents.ts";
import { projectFiles, readText, repository } from "./project-files.ts";

const largestBytes = 150_000;
const mostBytes = 1_000_000;

const files = projectFiles();
const pictures = files.filter((path) => path.startsWith("docs/images/"));
const pages = files.filter((path) => /^(README|CHANGELOG|docs\/.*|media\/.*)\.md$/.test(path));

/** The files of docs/images that a page shows. */
const shownOn = (page: string): readonly string[] =>
  [...readText(page).matchAll(/!\[[^\]]*\]\([^)]*?([^/)]+\.png)\)/g)].map(
    ([, name]) => `docs/images/${name}`,
  );

test("Pictures are small: 150 kB each, 1 MB together.", () => {
  const sizes = new Map(pictures.map((path) => [path, statSync(join(repository, path)).size]));
  expect([...sizes].filter(([, bytes]) => bytes > largestBytes)).toEqual([]);
  expect([...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(mostBytes);
});

test("Each picture is shown on a page, is taken by the script, and no page shows one that is not there.", () => {
  const shown = [...new Set(pages.flatMap(shownOn))].filter((path) => path.startsWith("docs/images/")).sort();
  expect(shown).toEqual([...pictures].sort());
  const script = readText("scripts/screenshots.ts");
  expect(pictures.filter((path) => !script.includes(`"${basename(path, ".png")}"`))).toEqual([]);
});

test("The walkthrough has its pictures in the VSIX, and no others.", () => {
  const walkthrough = files.filter((path) => path.startsWith("media/walkthrough/"));
  const shown = walkthrough.flatMap(shownOn).map((path) => basename(path, ".png"));
  expect(shown.sort()).toEqual([...walkthroughPictures].sort());
});
