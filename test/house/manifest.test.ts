import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readText, repository } from "./project-files.ts";

const manifest = z
  .object({ scripts: z.record(z.string(), z.string()), main: z.string().optional() })
  .parse(JSON.parse(readText("package.json")));
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});
const documents = globSync(["*.md", "docs/**/*.md", "test/**/*.md", "models/**/*.md"], {
  cwd: repository,
  exclude: ["**/node_modules/**"],
});

test("The files that npm scripts run exist.", () => {
  const named = Object.values(manifest.scripts).flatMap(
    (script) => script.match(/(?:scripts|bench)\/[\w./-]+/g) ?? [],
  );
  expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

test("The program for VS Code is built from a source that exists.", () => {
  const source = manifest.main?.replace(/^dist\/(.+)\.cjs$/, "src/editor/$1.ts") ?? "";
  expect([source, existsSync(join(repository, source))]).toEqual(["src/editor/extension.ts", true]);
});

test("The lock file names no host, so that any mirror serves.", () => {
  expect(readText("package-lock.json")).not.toContain('"resolved"');
});

test("The lock file holds the packages of every platform, or `npm ci` would refuse it on all of them.", () => {
  const { packages } = lockFile.parse(JSON.parse(readText("package-lock.json")));
  const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined &&
        packages[`${folder}/node_modules/${name}`] === undefined,
    ),
  );
  expect(missing).toEqual([]);
});

test.each(documents)("%s names only npm scripts that exist.", (path) => {
  const named = [...readText(path).matchAll(/npm run ([\w:-]+)/g)].map(([, script = ""]) => script);
  expect(named.filter((script) => manifest.scripts[script] === undefined)).toEqual([]);
});

test.each(documents)("%s links only to files that exist.", (path) => {
  const targets = [...readText(path).matchAll(/\]\(([^)#\s]+)/g)].map(([, target = ""]) => target);
  const missing = targets.filter(
    (target) => !/^\w+:/.test(target) && !existsSync(join(repository, dirname(path), target)),
  );
  expect(missing).toEqual([]);
});
