import { expect, test } from "vitest";
import { largestVsixBytes, vsixBudgets } from "../../scripts/vsix-contents.ts";
import { vsixTable } from "../../scripts/vsix-table.ts";
import { universalVsix, vsixTargets } from "../../scripts/vsix-targets.ts";
import { readText } from "./project-files.ts";

const page = readText("docs/platforms.md");
const rows = [...page.matchAll(/^\| ([a-z0-9]+(?:-[a-z0-9]+)?) \| [\d.]+ \| ([^|]*) \| ([^|]*) \|/gm)].map(
  ([, ...cells]) => cells,
);

test("docs/platforms.md has a row for each VSIX, with the code that is in it.", () => {
  const assembly = universalVsix.files.filter((file) => file.endsWith(".wasm"));
  expect(rows).toEqual([
    ...vsixTargets.map(({ name, files, code }) => [
      name,
      files.join(", "),
      `${code.format}, ${code.machine}`,
    ]),
    [universalVsix.name, ...assembly, "WebAssembly"],
  ]);
});

test("docs/platforms.md has a column for each part, and its budget.", () => {
  const [columns, , budgets] = vsixTable([]).split("\n");
  for (const row of [columns, budgets]) expect(page).toContain(`\n${row}\n`);
  expect(budgets).toContain(`| ${largestVsixBytes / 1024 / 1024} |`);
  expect(columns?.split("|").length).toBe(vsixBudgets.length + 6);
});
