import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const served = join(here, "served");
const runtime = join(here, "runtime");
const marker = join(served, "node_modules", ".installed");

/** VS Code as it is served, without the front end that its package adds. */
export const codeFolder = join(served, "node_modules", "code-server", "lib", "vscode");

/** The few extensions that come with VS Code and that the tests need. */
export const builtInFolder = join(served, "node_modules", ".built-in");

const builtIn = [
  "configuration-editing",
  "css",
  "html",
  "ipynb",
  "javascript",
  "json",
  "json-language-features",
  "latex",
  "markdown-basics",
  "markdown-language-features",
  "python",
  "restructuredtext",
  "theme-defaults",
  "theme-seti",
  "typescript-basics",
  "xml",
  "yaml",
];

/**
 * Installs the served VS Code beside this file, once for each change of what is to be installed. Packages come
 * from the registry; no install script runs and nothing is compiled.
 */
export function installHarness(): void {
  const wanted = fingerprint();
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) {
    return;
  }
  for (const folder of [served, runtime]) {
    const { status } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: "inherit" });
    if (status !== 0) {
      throw new Error(`npm ci failed in ${folder}. The tests in the editor need the package registry once.`);
    }
  }
  layStandIns();
  rmSync(join(codeFolder, "node_modules"), { recursive: true, force: true });
  symlinkSync(join(runtime, "node_modules"), join(codeFolder, "node_modules"));
  rmSync(builtInFolder, { recursive: true, force: true });
  mkdirSync(builtInFolder);
  for (const name of builtIn) {
    symlinkSync(join(codeFolder, "extensions", name), join(builtInFolder, name));
  }
  writeFileSync(marker, wanted);
}

/** What tells one installation from another: lock files, stand-ins and this file. */
function fingerprint(): string {
  const standIns = readdirSync(join(here, "stand-ins")).map((file) => join(here, "stand-ins", file));
  const hash = createHash("sha256");
  for (const file of [
    import.meta.filename,
    join(served, "package-lock.json"),
    join(runtime, "package-lock.json"),
    ...standIns,
  ]) {
    hash.update(readFileSync(file));
  }
  // The links are absolute, so a moved checkout installs anew.
  return hash.update(here).digest("hex");
}

/** Puts our modules where VS Code looks for the compiled ones. */
function layStandIns(): void {
  for (const file of readdirSync(join(here, "stand-ins"))) {
    const name = `@vscode/${file.replace(/\.cjs$/, "")}`;
    const folder = join(runtime, "node_modules", name);
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(here, "stand-ins", file), join(folder, "index.cjs"));
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name, version: "0.0.0", main: "index.cjs" }),
    );
  }
}
