/*
 * Packs the extension for 64-bit Linux into one VSIX, opens it again and checks it file by file.
 *   npm run package
 * What goes in is laid out in build/extension first, so nothing else of the checkout can slip in.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { linuxContract, readVsix, vsixFaults } from "./vsix-contents.ts";

const root = resolve(import.meta.dirname, "..");
const stage = join(root, "build", "extension");
const runtime = "bin/napi-v6/linux/x64";

/** What an installed extension does not need of package.json. */
const leftOut = new Set([
  "allowScripts",
  "bin",
  "dependencies",
  "devDependencies",
  "files",
  "optionalDependencies",
  "private",
  "scripts",
]);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly icon?: string;
}

const manifest: Manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const vsix = join(root, "build", `${manifest.name}-linux-x64-${manifest.version}.vsix`);

rmSync(stage, { recursive: true, force: true });
bundlePrograms();
layOutFiles();
await createVSIX({
  cwd: stage,
  packagePath: vsix,
  target: "linux-x64",
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
check();

/** Bundles into the stage rather than into dist/, which others may be using; the command line stays out. */
function bundlePrograms(): void {
  const build = spawnSync(process.execPath, [join(root, "scripts", "build.mjs")], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, RELEASE: "1", OUT: join(stage, "dist") },
  });
  if (build.status !== 0) {
    throw new Error("Bundling failed; what esbuild says stands above.");
  }
  for (const part of ["cli.js", "lab.js", "mcp.js", "plot-study.js"]) {
    rmSync(join(stage, "dist", part), { force: true });
  }
}

function layOutFiles(): void {
  const shown = Object.fromEntries(Object.entries(manifest).filter(([field]) => !leftOut.has(field)));
  mkdirSync(stage, { recursive: true });
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(shown, undefined, 2)}\n`);
  // Nothing to leave out: what is laid out is what goes in.
  writeFileSync(join(stage, ".vscodeignore"), "");
  lay("media/README.md", undefined, "README.md");
  for (const file of [
    "CHANGELOG.md",
    "LICENSE",
    "NOTICE",
    "models/idiolect-base",
    "models/voice-background",
  ]) {
    lay(file);
  }
  lay("package.nls.json");
  lay("l10n");
  // Pictures of the walkthrough; the page of the extension can show none that has no web address.
  for (const picture of ["consent", "tone-panel", "suggest-tags"]) {
    lay(`docs/images/${picture}.png`);
  }
  lay("media", (path) => !/^media[\\/](sample-|webview|README)/.test(path));
  for (const part of ["package.json", "dist", runtime]) {
    lay(`node_modules/onnxruntime-node/${part}`, isRun, `dist/node_modules/onnxruntime-node/${part}`);
  }
  for (const part of ["package.json", "dist/cjs"]) {
    lay(`node_modules/onnxruntime-common/${part}`, isRun, `dist/node_modules/onnxruntime-common/${part}`);
  }
}

/** Copies a file or folder of the checkout, where it is there. */
function lay(from: string, filter: (path: string) => boolean = () => true, to = from): void {
  const source = join(root, from);
  if (statSync(source, { throwIfNoEntry: false }) !== undefined) {
    cpSync(source, join(stage, to), {
      recursive: true,
      dereference: true,
      filter: (path) => filter(relative(root, path)),
    });
  }
}

function isRun(path: string): boolean {
  return !/\.(d\.ts|map)$/.test(path);
}

function check(): void {
  const named = [manifest.icon].filter((file) => file !== undefined).map((file) => join("extension", file));
  const entries = readVsix(vsix);
  const { size } = statSync(vsix);
  const faults = vsixFaults(entries, size, linuxContract(root, named));
  for (const fault of faults) {
    console.error(`${basename(vsix)}: ${fault}`);
  }
  if (faults.length > 0) {
    rmSync(vsix);
    process.exitCode = 1;
    return;
  }
  console.log(`${relative(root, vsix)}: ${entries.length} files, ${(size / 1024 / 1024).toFixed(2)} MB`);
}
