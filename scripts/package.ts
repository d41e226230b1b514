/*
 * Packs the extension into one VSIX for each kind of machine, opens it again and checks it file by file.
 *   npm run package -- [target, such as linux-x64, …] [--out <folder instead of build>] [--json | --table]
 * With --table it prints the table of docs/platforms.md.
 * What goes in is laid out in build/extension first, so nothing else of the checkout can slip in.
 */
import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { quietLibrary } from "./quiet-library.ts";
import {
  partSizes,
  readVsix,
  type VsixEntry,
  vsixContract,
  vsixFaults,
  walkthroughPictures,
} from "./vsix-contents.ts";
import { type PackedVsix, vsixTable } from "./vsix-table.ts";
import { universalVsix, type VsixTarget, vsixTargets } from "./vsix-targets.ts";

const root = resolve(import.meta.dirname, "..");
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: join(root, "build") },
    json: { type: "boolean", default: false },
    table: { type: "boolean", default: false },
  },
});
const out = resolve(values.out);
const stage = join(out, "extension");
const packagesFolder = "dist/node_modules";

type AnyTarget = VsixTarget | typeof universalVsix;

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

rmSync(stage, { recursive: true, force: true });
bundlePrograms();
layOutFiles();
const vsixes: PackedVsix[] = [];
for (const target of chosenTargets()) await pack(target);
if (values.table) console.log(vsixTable(vsixes));

function chosenTargets(): readonly AnyTarget[] {
  const targets = [...vsixTargets, universalVsix];
  const known: readonly string[] = targets.map(({ name }) => name);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no target ${unknown.join(", ")}. The targets are ${known.join(", ")}.`);
  }
  return targets.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
}

async function pack(target: AnyTarget): Promise<void> {
  const vsix = join(out, `${manifest.name}-${target.name}-${manifest.version}.vsix`);
  layOutEngine(target);
  await createVSIX({
    cwd: stage,
    packagePath: vsix,
    ...(target.code === undefined ? {} : { target: target.name }),
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  check(vsix, target);
}

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
  for (const file of globSync("package.nls*.json", { cwd: root })) lay(file);
  lay("l10n");
  // The page of the extension can show no picture that has no web address.
  for (const picture of walkthroughPictures) {
    lay(`docs/images/${picture}.png`);
  }
  lay("media", (path) => !/^media[\\/](sample-|webview|README)/.test(path));
}

/** ONNX Runtime for the target, and nothing of it for another. */
function layOutEngine(target: AnyTarget): void {
  rmSync(join(stage, packagesFolder), { recursive: true, force: true });
  layPackage("onnxruntime-common", ["package.json", "dist/cjs"]);
  if (target.code === undefined) {
    layPackage("onnxruntime-web", ["package.json", ...target.files.map((file) => `dist/${file}`)]);
  } else {
    const code = target.files.map((file) => `bin/napi-v6/${target.folder}/${file}`);
    layPackage("onnxruntime-node", ["package.json", "dist", ...code]);
    if (target.code.format === "PE") makeQuiet(join(stage, packagesFolder, "onnxruntime-node", code[0]!));
  }
}

function makeQuiet(library: string): void {
  writeFileSync(library, quietLibrary(readFileSync(library)));
}

function layPackage(name: string, parts: readonly string[]): void {
  for (const part of parts) lay(`node_modules/${name}/${part}`, isRun, `${packagesFolder}/${name}/${part}`);
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

function check(vsix: string, target: AnyTarget): void {
  const named = [manifest.icon].filter((file) => file !== undefined).map((file) => `extension/${file}`);
  const entries = readVsix(vsix);
  const { size } = statSync(vsix);
  const faults = vsixFaults(entries, size, vsixContract(target, root, named));
  for (const fault of faults) {
    console.error(`${basename(vsix)}: ${fault}`);
  }
  if (faults.length > 0) {
    rmSync(vsix);
    process.exitCode = 1;
    return;
  }
  vsixes.push({ name: target.name, bytes: size, entries });
  if (!values.table) report(vsix, size, entries);
}

/** One line, or with --json one object on a line. */
function report(vsix: string, bytes: number, entries: readonly VsixEntry[]): void {
  const parts = partSizes(entries);
  if (values.json) {
    console.log(JSON.stringify({ file: vsix, bytes, files: entries.length, parts }));
    return;
  }
  const inMegabytes = (count: number): string => (count / 1024 / 1024).toFixed(2);
  const sizes = parts.map((part) => `${part.part} ${inMegabytes(part.bytes)}`).join(", ");
  console.log(`${relative(root, vsix)}: ${entries.length} files, ${inMegabytes(bytes)} MB (${sizes})`);
}
