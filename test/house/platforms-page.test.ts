import { expect, test } from "vitest";
import { vsixBudgets } from "../../scripts/vsix-contents.ts";
import { universalVsix, vsixTargets } from "../../scripts/vsix-targets.ts";
import { readText } from "./project-files.ts";

const page = readText("docs/platforms.md");

test("docs/platforms.md has a row for each VSIX, with the machine code that is in it.", () => {
  const rows = [...page.matchAll(/^\| ([a-z0-9]+-[a-z0-9]+) \| [\d.]+ MB \| (.*) \| (.*) \|$/gm)];
  expect(page).toMatch(
    /^\| universal \| [\d.]+ MB \| ort-wasm-simd-threaded\.wasm \| no machine code; WebAssembly \|$/m,
  );
  expect(universalVsix.files).toContain("ort-wasm-simd-threaded.wasm");
  expect(rows.map(([, ...cells]) => cells)).toEqual(
    vsixTargets.map(({ name, files, code }) => [name, files.join(", "), `${code.format}, ${code.machine}`]),
  );
});

test("docs/platforms.md has the budget of each part.", () => {
  const sentence = /^No VSIX may have .*$/m.exec(page)?.[0] ?? "";
  const megabytes = [...sentence.matchAll(/(?<!\w)(\d+(?:\.\d+)?)(?!\w)/g)].map(([, number]) =>
    Number(number),
  );
  const budgets = vsixBudgets.map(({ maximumBytes }) => Math.round((maximumBytes / 1024 / 1024) * 100) / 100);
  expect(megabytes.toSorted()).toEqual([60, ...budgets].toSorted());
});
