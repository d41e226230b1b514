import { expect, test } from "vitest";
import { holdings } from "../../src/store/inventory.ts";
import { readText } from "./project-files.ts";

const page = readText("docs/privacy.md");

test("docs/privacy.md lists every table that says something about a writer.", () => {
  const listed = [...page.matchAll(/^\| .* \| `(\w+)` \|$/gm)].map(([, table]) => table);
  expect(listed.sort()).toEqual(holdings.map(({ table }) => table).sort());
});
