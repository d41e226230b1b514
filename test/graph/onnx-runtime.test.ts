import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "idiolect-runtime-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** What the runtime is loaded with, and nothing else of ours. */
const sources = [
  "graph/onnx-runtime.ts",
  "graph/errors.ts",
  "graph/dimension.ts",
  "said/said.ts",
  "said/said-error.ts",
  "said/said-shapes.ts",
];
const library = ["onnxruntime", "node"].join("-");

/** A process that loads the runtime in its own way; what it printed, and whether the library's code ran. */
function loadIn(
  name: string,
  script: string,
  {
    version = "1.30.0",
    env = {},
    main = "index.cjs",
  }: { version?: string; env?: Readonly<Record<string, string>>; main?: string } = {},
): { readonly out: string; readonly isLoaded: boolean } {
  const home = join(folder, name);
  const packageFolder = join(home, "node_modules", library);
  mkdirSync(packageFolder, { recursive: true });
  for (const file of sources) cpSync(resolve("src", file), join(home, file));
  symlinkSync(resolve("node_modules/zod"), join(home, "node_modules/zod"), "junction");
  writeFileSync(join(packageFolder, "package.json"), JSON.stringify({ version, main }));
  writeFileSync(
    join(packageFolder, "index.cjs"),
    `require("node:fs").writeFileSync(${JSON.stringify(join(home, "loaded"))}, process.env.ORT_DISABLE_TELEMETRY ?? "unset");`,
  );
  writeFileSync(join(home, "main.mjs"), script);
  const { ORT_DISABLE_TELEMETRY: _, ...surroundings } = process.env;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "main.mjs"],
    {
      cwd: home,
      encoding: "utf8",
      env: { ...surroundings, ...env },
    },
  );
  return { out: stdout + stderr, isLoaded: existsSync(join(home, "loaded")) };
}

const load = `import { loadOnnxRuntime } from "./graph/onnx-runtime.ts"; try { loadOnnxRuntime(); console.log(process.env.ORT_DISABLE_TELEMETRY); } catch (cause) { console.log(cause.name, cause.message); }`;

test("The library is loaded after its switch was set, whatever the environment said.", () => {
  expect(loadIn("plain", load)).toEqual({ out: "1\n", isLoaded: true });
  expect(loadIn("contrary", load, { env: { ORT_DISABLE_TELEMETRY: "0" } }).out).toBe("1\n");
});

test("A version that was not watched is refused before any of it runs.", () => {
  const { out, isLoaded } = loadIn("newer", load, { version: "1.31.0" });
  expect(out).toMatch(/^RuntimeNotSilentError .*1\.31\.0 is installed, and only 1\.30\.0 was watched/);
  expect(isLoaded).toBe(false);
});

test("A worker thread is refused: native code does not see its environment.", () => {
  const { out, isLoaded } = loadIn(
    "worker",
    `import { Worker, isMainThread } from "node:worker_threads"; if (isMainThread) new Worker(new URL(import.meta.url)); else { ${load.replace("import { loadOnnxRuntime } from", "const { loadOnnxRuntime } = await import(").replace('"./graph/onnx-runtime.ts";', '"./graph/onnx-runtime.ts");')} }`,
  );
  expect(out).toMatch(/^RuntimeNotSilentError .*worker thread/);
  expect(isLoaded).toBe(false);
});

test("A library that somebody loaded before, with the switch unset, is refused.", () => {
  const { out } = loadIn(
    "early",
    `import { createRequire } from "node:module"; createRequire(import.meta.url)(["onnxruntime", "node"].join("-")); const { loadOnnxRuntime } = await import("./graph/onnx-runtime.ts"); try { loadOnnxRuntime(); } catch (cause) { console.log(cause.name, cause.message); }`,
  );
  expect(out).toMatch(/^RuntimeNotSilentError .*loaded before/);
});

/** A package of WebAssembly that tells what it was given. */
function layWasm(home: string, version = "1.30.0"): void {
  const packageFolder = join(home, "node_modules", ["onnxruntime", "web"].join("-"));
  mkdirSync(join(packageFolder, "dist"), { recursive: true });
  writeFileSync(join(packageFolder, "package.json"), JSON.stringify({ version, main: "dist/index.cjs" }));
  writeFileSync(join(packageFolder, "dist/index.cjs"), "exports.env = { wasm: {} };");
  writeFileSync(join(packageFolder, "dist/ort-wasm-simd-threaded.wasm"), "assembly");
}

const tellKind = `import { loadOnnxRuntime, runtimeKind } from "./graph/onnx-runtime.ts"; try { const { env } = loadOnnxRuntime(); console.log(runtimeKind(), String(env.wasm.wasmBinary), env.wasm.wasmPaths.mjs.protocol, env.wasm.numThreads); } catch (cause) { console.log(cause.name, cause.message, cause.advice); }`;

test("Where there is no machine code, WebAssembly takes its place, from the files beside it.", () => {
  const home = join(folder, "assembly");
  layWasm(home);
  expect(loadIn("assembly", tellKind, { main: "gone.cjs" }).out).toBe("wasm assembly file: 1\n");
});

test("WebAssembly of a version that was not watched is refused, too.", () => {
  layWasm(join(folder, "newer-assembly"), "1.31.0");
  const { out } = loadIn("newer-assembly", tellKind, { main: "gone.cjs" });
  expect(out).toMatch(/^RuntimeNotSilentError .*1\.31\.0 is installed/);
});

test("Where there is neither, it is said which machine this is, and what to install.", () => {
  const { out } = loadIn("neither", tellKind, { main: "gone.cjs" });
  expect(out).toMatch(/^RuntimeMissingError .*on this machine \(\w+, \w+\).*Install the universal package/);
});
