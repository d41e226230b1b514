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
const oldest = join(here, "oldest");
const runtime = join(here, "runtime");

/** A VS Code that can be served. */
export interface ServedCode {
  /** Without the front end that its package adds. */
  readonly folder: string;
  /** The few extensions that come with it and that the tests need. */
  readonly builtIn: string;
}

const codeIn = (folder: string): ServedCode => ({
  folder: join(folder, "node_modules", "code-server", "lib", "vscode"),
  builtIn: join(folder, "node_modules", ".built-in"),
});

/** The one that nearly all tests run in. */
export const newestCode = codeIn(served);

/** The oldest one that the manifest says the extension works in. */
export const oldestCode = codeIn(oldest);

const builtInNames = [
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
  installOnce(served, () => {
    installPackages(served);
    installPackages(runtime);
    layStandIns();
    layCode(newestCode);
  });
}

/** Installs the oldest VS Code as well, which runs with the modules of the other. */
export function installOldest(): void {
  installHarness();
  installOnce(oldest, () => {
    installPackages(oldest);
    layCode(oldestCode);
  });
}

function installOnce(folder: string, install: () => void): void {
  const marker = join(folder, "node_modules", ".installed");
  const wanted = fingerprint(folder);
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  install();
  writeFileSync(marker, wanted);
}

function installPackages(folder: string): void {
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: "inherit" });
  if (status !== 0) {
    throw new Error(`npm ci failed in ${folder}. The tests in the editor need the package registry once.`);
  }
}

function layCode({ folder, builtIn }: ServedCode): void {
  rmSync(join(folder, "node_modules"), { recursive: true, force: true });
  symlinkSync(join(runtime, "node_modules"), join(folder, "node_modules"));
  rmSync(builtIn, { recursive: true, force: true });
  mkdirSync(builtIn);
  for (const name of builtInNames.filter((one) => existsSync(join(folder, "extensions", one)))) {
    symlinkSync(join(folder, "extensions", name), join(builtIn, name));
  }
}

/** What tells one installation from another: lock files, stand-ins and this file. */
function fingerprint(folder: string): string {
  const standIns = readdirSync(join(here, "stand-ins")).map((file) => join(here, "stand-ins", file));
  const hash = createHash("sha256");
  for (const file of [
    import.meta.filename,
    join(folder, "package-lock.json"),
    join(runtime, "package-lock.json"),
    ...standIns,
  ]) {
    hash.update(readFileSync(file));
  }
  // The links are absolute, so a moved checkout installs anew.
  return hash.update(here).digest("hex");
}

/** Puts our modules where VS Code looks for the compiled ones; older versions name some of them without a scope. */
function layStandIns(): void {
  for (const file of readdirSync(join(here, "stand-ins"))) {
    const stem = file.replace(/\.cjs$/, "");
    for (const name of [`@vscode/${stem}`, stem]) {
      const folder = join(runtime, "node_modules", name);
      mkdirSync(folder, { recursive: true });
      copyFileSync(join(here, "stand-ins", file), join(folder, "index.cjs"));
      writeFileSync(
        join(folder, "package.json"),
        JSON.stringify({ name, version: "0.0.0", main: "index.cjs" }),
      );
    }
  }
}
