import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { holdings } from "../../src/store/inventory.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/privacy.md"), "utf8");

test("docs/privacy.md lists every table that says something about a writer.", () => {
  const listed = [...page.matchAll(/^\| .* \| `(\w+)` \|$/gm)].map(([, table]) => table);
  expect(listed.sort()).toEqual(holdings.map(({ table }) => table).sort());
});
