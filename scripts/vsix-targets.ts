import type { MachineCode } from "./machine-code.ts";

/** What the VSIX for one kind of machine holds of ONNX Runtime. */
export interface VsixTarget {
  /** As VS Code names it. */
  readonly name: string;
  /** Below `bin/napi-v6` of onnxruntime-node. */
  readonly folder: string;
  readonly code: MachineCode;
  /**
   * The library and what binds it to Node. Windows' DirectML.dll, dxcompiler.dll and dxil.dll are for graphics
   * cards: the library loads them only when a session asks for one, and none of ours does. Of macOS' library the
   * package has a second copy under another name, which nothing refers to.
   */
  readonly files: readonly [library: string, binding: string];
}

/** The VSIX for every other machine: ONNX Runtime as WebAssembly, which reads and does not learn. */
export const universalVsix = {
  name: "universal",
  /** Below `dist` of onnxruntime-web: what Node loads, and the two files that this loads. */
  files: ["ort.node.min.js", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"],
  code: undefined,
} as const;

const binding = "onnxruntime_binding.node";

/** The machines that onnxruntime-node has machine code for. */
export const vsixTargets: readonly VsixTarget[] = [
  {
    name: "linux-x64",
    folder: "linux/x64",
    code: { format: "ELF", machine: "x86-64" },
    files: ["libonnxruntime.so.1", binding],
  },
  {
    name: "linux-arm64",
    folder: "linux/arm64",
    code: { format: "ELF", machine: "arm64" },
    files: ["libonnxruntime.so.1", binding],
  },
  {
    name: "win32-x64",
    folder: "win32/x64",
    code: { format: "PE", machine: "x86-64" },
    files: ["onnxruntime.dll", binding],
  },
  {
    name: "win32-arm64",
    folder: "win32/arm64",
    code: { format: "PE", machine: "arm64" },
    files: ["onnxruntime.dll", binding],
  },
  {
    name: "darwin-arm64",
    folder: "darwin/arm64",
    code: { format: "Mach-O", machine: "arm64" },
    files: ["libonnxruntime.1.dylib", binding],
  },
];
