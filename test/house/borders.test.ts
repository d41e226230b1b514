import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type IConfiguration } from "dependency-cruiser";
import { afterAll, expect, test } from "vitest";
import { importedFiles, readText, sourceFiles } from "./project-files.ts";

const load = createRequire(import.meta.url);
const borders = load("../../.dependency-cruiser.cjs") as IConfiguration;

/** The table of docs/architecture.md: each folder with those that it may import. */
function documentedBorders(): ReadonlyMap<string, readonly string[]> {
  const rows = [...readText("docs/architecture.md").matchAll(/^\| `src\/([\w-]+)` \| ([^|]*) \|$/gm)];
  return new Map(rows.map(([, folder = "", cell = ""]) => [folder, cell.match(/[a-z][\w-]*/g) ?? []]));
}

/** The rules' own words: each folder with those that it may import, and what for. */
function reasonsOfRules(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const rules = (borders.forbidden ?? []).flatMap(({ name, comment = "" }) => {
    const folder = name?.match(/^border-of-(.+)$/)?.[1];
    const reasons = [...comment.matchAll(/^([\w-]+) \((.*)\)$/gm)];
    return folder === undefined
      ? []
      : ([[folder, new Map(reasons.map(([, other, reason]) => [other!, reason!]))]] as const);
  });
  return new Map(rules);
}

/** It alone reaches the lab, which no folder may import. */
const doorOfLab = "src/cli/lab-command.ts";

/** The folders of src that files of a folder import. */
function importedFolders(folder: string): readonly string[] {
  const imported = sourceFiles
    .filter((path) => path.startsWith(`src/${folder}/`) && path !== doorOfLab)
    .flatMap((path) => importedFiles(path, readText(path)));
  const others = new Set(imported.map((path) => path.split("/")[1]!));
  others.delete(folder);
  return [...others];
}

const documented = documentedBorders();
const ruled = reasonsOfRules();
const folders = [...documented.keys()];
const root = mkdtempSync(join(tmpdir(), "borders-"));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A source tree in which each folder imports each other one, and every other rule is broken once. */
function writeViolations(): void {
  for (const folder of folders) {
    write(`src/${folder}/leaf.ts`, "export const leaf = 1;\n");
    const up = "../".repeat(folder.split("/").length);
    for (const other of folders) {
      const name = other.replace("/", "-");
      write(`src/${folder}/uses-${name}.ts`, `import { leaf } from "${up}${other}/leaf.ts";\nleaf;\n`);
    }
  }
  // Newer than the cruiser's own parsers; an import inside of it must be seen.
  write("src/graph/using.ts", 'using x = await import("../editor/leaf.ts");\nx;\n');
  write("src/nowhere/new.ts", 'import "../graph/leaf.ts";\n');
  write("src/graph/cycle-a.ts", 'import "./cycle-b.ts";\n');
  write("src/graph/cycle-b.ts", 'import "./cycle-a.ts";\n');
  write("src/graph/lost.ts", 'import "./gone.ts";\n');
  write("src/graph/tool.ts", 'import "tool";\n');
  write("src/graph/stray.ts", 'import "stray";\n');
  write("src/graph/typed.ts", 'import type { T } from "typed";\nexport type U = T;\n');
  write("src/graph/good.ts", 'import "library";\nimport "node:sqlite";\n');
  write("src/graph/window.ts", 'import "vscode";\n');
  write("src/plm/loud.ts", 'import "onnxruntime-node";\n');
  write("src/graph/onnx-runtime.ts", 'import "onnxruntime-node";\n');
  write("src/editor/window.ts", 'import "vscode";\n');
  write("src/lab/studies/plot-study.ts", "export const plot = 1;\n");
  write("src/cli/lab-command.ts", 'import { leaf } from "../lab/leaf.ts";\nleaf;\n');
  write("src/lab/early.ts", 'import "./studies/plot-study.ts";\n');
  write("src/lab/late.ts", 'await import("./studies/plot-study.ts");\n');
  write(
    "package.json",
    JSON.stringify({
      dependencies: { library: "1", "onnxruntime-node": "1" },
      devDependencies: { tool: "1", "@types/typed": "1" },
    }),
  );
  for (const name of ["library", "onnxruntime-node", "tool", "stray"]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
    write(`node_modules/${name}/index.js`, "");
  }
  write(
    "node_modules/@types/typed/package.json",
    JSON.stringify({ name: "@types/typed", types: "index.d.ts" }),
  );
  write("node_modules/@types/typed/index.d.ts", "export type T = 1;\n");
}

/** What the rules object to, as `rule: file` (or `from > to` for a folder's border). */
async function findViolations(): Promise<readonly { rule: string; from: string; to: string }[]> {
  writeViolations();
  const { output } = await cruise(["src"], {
    ...borders.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: borders.forbidden ?? [] },
  });
  if (typeof output === "string") {
    throw new TypeError("The cruiser gave a text instead of a result.");
  }
  return output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

const violations = await findViolations();

test("The table of borders names every folder of src, and the rules guard the same ones.", () => {
  expect([...ruled.keys()].sort()).toEqual([...folders].sort());
  expect([...new Set(sourceFiles.map((path) => path.split("/")[1]))].sort()).toEqual([...folders].sort());
});

test.each(folders)("src/%s imports each folder that it may import, and the reason is told.", (folder) => {
  const reasons = ruled.get(folder) ?? new Map<string, string>();
  expect([...reasons.keys()], "the rules, in the order of the table").toEqual(documented.get(folder));
  expect(importedFolders(folder).toSorted(), "what files import").toEqual([...reasons.keys()].sort());
  expect([...reasons].filter(([, reason]) => reason.trim().length < 4)).toEqual([]);
});

test.each(folders)(
  "src/%s may import what docs/architecture.md says, and nothing else of ours.",
  (folder) => {
    const refused = new Set(
      violations
        .filter(({ from }) => from.startsWith(`src/${folder}/uses-`))
        .map(({ to }) => dirname(to).slice(4)),
    );
    const allowed = new Set([folder, ...(documented.get(folder) ?? [])]);
    expect([...refused].sort()).toEqual(folders.filter((other) => !allowed.has(other)).sort());
  },
);

test.each([
  ["no-folder-without-border", "src/nowhere/new.ts"],
  ["border-of-graph", "src/graph/using.ts"],
  ["no-cycles", "src/graph/cycle-a.ts"],
  ["resolvable", "src/graph/lost.ts"],
  ["no-development-packages", "src/graph/tool.ts"],
  ["no-undeclared-packages", "src/graph/stray.ts"],
  ["only-editor-imports-vscode", "src/graph/window.ts"],
  ["one-loads-onnxruntime", "src/plm/loud.ts"],
  ["only-the-lab-imports-the-lab", "src/learner/uses-lab.ts"],
  ["the-lab-loads-late", "src/cli/lab-command.ts"],
  ["pictures-load-late", "src/lab/early.ts"],
])("The rule '%s' refuses %s.", (rule, file) => {
  expect(violations.filter(({ from }) => from === file).map((found) => found.rule)).toContain(rule);
});

test("Declared packages, types of development packages, vscode in the editor and pictures on demand are fine.", () => {
  const files = [
    "src/graph/good.ts",
    "src/graph/typed.ts",
    "src/editor/window.ts",
    "src/graph/onnx-runtime.ts",
    "src/lab/late.ts",
  ];
  expect(violations.filter(({ from }) => files.includes(from))).toEqual([]);
});
