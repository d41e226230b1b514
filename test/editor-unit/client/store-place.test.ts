import { sep } from "node:path";
import { expect, test } from "vitest";
import { shortPath } from "../../../src/editor/client/store-place.ts";

test("A path in the home folder is written with a tilde, and no other.", () => {
  const home = ["", "home", "ada"].join(sep);
  expect(shortPath(`${home}${sep}blog`, home)).toBe(`~${sep}blog`);
  expect(shortPath(`${home}x${sep}blog`, home)).toBe(`${home}x${sep}blog`);
});
