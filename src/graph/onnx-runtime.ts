import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMainThread } from "node:worker_threads";
import type * as Library from "onnxruntime-node";
import { said } from "../said/said.ts";
import { RuntimeMissingError, RuntimeNotSilentError } from "./errors.ts";

export type { InferenceSession, Tensor } from "onnxruntime-node";

/** The parts of ONNX Runtime that Idiolect uses. */
export type OnnxRuntime = Pick<typeof Library, "InferenceSession" | "Tensor">;

/**
 * What computes: the library as machine code, which is made for some kinds of machines, or as WebAssembly, which
 * runs on every other. That one reads; learning is left to machine code, which shares weights between processes and
 * computes with several threads.
 */
export type RuntimeKind = "native" | "wasm";

/**
 * The version whose silence was watched, system call by system call (test/trust/silence.whole.test.ts). The
 * library gives no sign of whether its switch still works, so another version has to pass that test first.
 */
const watchedVersion = "1.30.0";

/** ONNX Runtime's own switch. Its telemetry is on by default in the builds for Node.js, on Linux and macOS too. */
const telemetrySwitch = "ORT_DISABLE_TELEMETRY";

interface LoadedRuntime {
  readonly kind: RuntimeKind;
  readonly library: OnnxRuntime;
  readonly version: string;
}

let loaded: LoadedRuntime | undefined;

/** The version of ONNX Runtime that computes here. */
export function onnxRuntimeVersion(): string {
  return load().version;
}

/** Whether machine code or WebAssembly computes here. Before the library is loaded, the files that are there tell. */
export function runtimeKind(): RuntimeKind {
  return loaded?.kind ?? (hasMachineCode() ? "native" : "wasm");
}

function hasMachineCode(): boolean {
  const require = createRequire(import.meta.url);
  const folder = `onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}`;
  try {
    return existsSync(require.resolve(`${folder}/onnxruntime_binding.node`));
  } catch {
    return false;
  }
}

/**
 * Loads ONNX Runtime with its telemetry switched off: this is the one place that may load it, and nothing of the
 * library runs before the switch is set. Where there is no machine code for this machine, WebAssembly takes its place.
 *
 * @throws RuntimeNotSilentError where it is not certain that the switch works: in a worker thread, whose
 *   environment is a copy that native code does not see; where somebody loaded the library before; and with a
 *   version that was not watched
 * @throws RuntimeMissingError where neither the one nor the other can be loaded
 */
export function loadOnnxRuntime(): OnnxRuntime {
  return load().library;
}

function load(): LoadedRuntime {
  loaded ??= loadNative() ?? loadWasm();
  return loaded;
}

/** Why there is no machine code, for those who have no WebAssembly either. */
let nativeFailure: unknown;

/** Undefined where the package or its machine code is not there, or is not for this machine. */
function loadNative(): LoadedRuntime | undefined {
  const require = createRequire(import.meta.url);
  try {
    const { version } = require("onnxruntime-node/package.json") as { version: string };
    checkSilence(version, require.cache[require.resolve("onnxruntime-node")] !== undefined);
    process.env[telemetrySwitch] = "1";
    return { kind: "native", library: require("onnxruntime-node") as OnnxRuntime, version };
  } catch (cause) {
    if (!isUnloadable(cause)) throw cause;
    nativeFailure = cause;
    return undefined;
  }
}

function checkSilence(version: string, isLoaded: boolean): void {
  if (isLoaded && process.env[telemetrySwitch] !== "1") {
    throw new RuntimeNotSilentError(said("the library was loaded before its telemetry was switched off"));
  }
  if (!isMainThread) {
    throw new RuntimeNotSilentError(said("a worker thread cannot switch off the library's telemetry"));
  }
  if (version !== watchedVersion) {
    throw new RuntimeNotSilentError(
      said("version {0} is installed, and only {1} was watched", version, watchedVersion),
    );
  }
}

function isUnloadable(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return code === "MODULE_NOT_FOUND" || code === "ERR_DLOPEN_FAILED";
}

/** The same library as WebAssembly, from two files beside it: it is told where they lie, so that it fetches nothing. */
function loadWasm(): LoadedRuntime {
  const require = createRequire(import.meta.url);
  try {
    const folder = dirname(require.resolve("onnxruntime-web"));
    const manifest = readFileSync(join(folder, "..", "package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    checkSilence(version, false);
    const library = require("onnxruntime-web") as typeof Library;
    const start = join(folder, "ort-wasm-simd-threaded");
    library.env.wasm.wasmPaths = { mjs: pathToFileURL(`${start}.mjs`) };
    library.env.wasm.wasmBinary = readFileSync(`${start}.wasm`);
    library.env.wasm.numThreads = 1;
    return { kind: "wasm", library, version };
  } catch (cause) {
    if (!isUnloadable(cause)) throw cause;
    throw new RuntimeMissingError(nativeFailure);
  }
}
