import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readText, repository } from "./project-files.ts";

const specifier = ["onnxruntime", "(?:node|web)"].join("-");
const named = ["onnxruntime", "web"].join("-");

/** Loads it: an import, a `require`, or a `require` made for the purpose. */
const loading = new RegExp(
  `(?:from|import|require|\\)\\()\\s*\\(?\\s*["'\`]${specifier}(?:/[^"'\`]*)?["'\`]`,
);

/** Writes such lines for the rule of dependency-cruiser to find. */
const example = "test/house/borders.test.ts";

/** Every file of code below a folder. */
function codeBelow(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => /\.(?:[cm]?[jt]s)$/.test(path) && !path.includes("node_modules"));
}

test("One file loads ONNX Runtime, for it switches the telemetry off first.", () => {
  const files = ["src", "scripts", "bench", "test", "media"].flatMap(codeBelow);
  const found = files.filter((path) => path !== example && loading.test(readText(path)));
  expect(found).toEqual(["src/graph/onnx-runtime.ts"]);
});

test.each([
  `import { Tensor } from "${named}";`,
  `await import("${named}")`,
  `require('${named}')`,
  `createRequire(import.meta.url)("${named}/package.json")`,
])("%s counts as loading it.", (line) => {
  expect(loading.test(line)).toBe(true);
});
