import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { universalVsix } from "../../scripts/vsix-targets.ts";

const root = resolve(import.meta.dirname, "../..");

/**
 * Lays the built programs into a folder, with the WebAssembly of ONNX Runtime beside them as the universal VSIX has
 * it, and without its machine code; gives the path of the command line's program.
 */
export function layWithoutMachineCode(folder: string): string {
  const parts = [
    ...["package.json", "dist/cli.js", "dist/learner.js", "node_modules/onnxruntime-common/package.json"],
    "node_modules/onnxruntime-common/dist/cjs",
    "node_modules/onnxruntime-web/package.json",
    ...universalVsix.files.map((file) => `node_modules/onnxruntime-web/dist/${file}`),
  ];
  for (const part of parts) {
    mkdirSync(dirname(join(folder, part)), { recursive: true });
    cpSync(join(root, part), join(folder, part), { recursive: true, dereference: true });
  }
  symlinkSync(join(root, "models"), join(folder, "models"));
  return join(folder, "dist/cli.js");
}
