import { createRequire } from "node:module";
import { isMainThread } from "node:worker_threads";
import type * as Library from "onnxruntime-node";
import { RuntimeNotSilentError } from "./errors.ts";

export type { InferenceSession, Tensor } from "onnxruntime-node";

/** The parts of ONNX Runtime that Idiolect uses. */
export type OnnxRuntime = Pick<typeof Library, "InferenceSession" | "Tensor">;

/**
 * The version whose silence was watched, system call by system call (test/trust/silence.whole.test.ts). The
 * library gives no sign of whether its switch still works, so another version has to pass that test first.
 */
const watchedVersion = "1.30.0";

/** ONNX Runtime's own switch. Its telemetry is on by default in the builds for Node.js, on Linux and macOS too. */
const telemetrySwitch = "ORT_DISABLE_TELEMETRY";

let loaded: OnnxRuntime | undefined;

/** The version of ONNX Runtime that is installed. */
export function onnxRuntimeVersion(): string {
  const manifest = createRequire(import.meta.url)("onnxruntime-node/package.json") as { version: string };
  return manifest.version;
}

/**
 * Loads ONNX Runtime with its telemetry switched off: this is the one place that may load it, and nothing of the
 * library runs before the switch is set.
 *
 * @throws RuntimeNotSilentError where it is not certain that the switch works: in a worker thread, whose
 *   environment is a copy that native code does not see; where somebody loaded the library before; and with a
 *   version that was not watched
 */
export function loadOnnxRuntime(): OnnxRuntime {
  loaded ??= loadSilently();
  return loaded;
}

function loadSilently(): OnnxRuntime {
  const require = createRequire(import.meta.url);
  const isLoaded = require.cache[require.resolve("onnxruntime-node")] !== undefined;
  if (isLoaded && process.env[telemetrySwitch] !== "1") {
    throw new RuntimeNotSilentError("the library was loaded before its telemetry was switched off");
  }
  if (!isMainThread) {
    throw new RuntimeNotSilentError("a worker thread cannot switch off the library's telemetry");
  }
  const version = onnxRuntimeVersion();
  if (version !== watchedVersion) {
    throw new RuntimeNotSilentError(
      `version ${version} is installed, and only ${watchedVersion} was watched`,
    );
  }
  process.env[telemetrySwitch] = "1";
  return require("onnxruntime-node") as OnnxRuntime;
}
