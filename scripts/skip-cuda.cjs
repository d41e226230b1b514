/*
 * Runs before the packages that Idiolect needs are set up, on whatever Node npm was called with. The install script
 * of onnxruntime-node would fetch CUDA libraries of some hundred megabytes from another host on 64-bit Linux, and
 * fail without one. Nothing here uses them, and it fetches none that lie in its folder: so empty files are laid there.
 */
const { existsSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const names = ["cuda", "shared", "tensorrt"].map((part) => `libonnxruntime_providers_${part}.so`);

/** In a checkout .npmrc says the same. */
const isCheckout = process.env.npm_config_local_prefix === process.cwd();

if (process.platform === "linux" && process.arch === "x64" && !isCheckout) {
  layPlaceholders();
}

function layPlaceholders() {
  try {
    const folder = join(dirname(require.resolve("onnxruntime-node/package.json")), "bin/napi-v6/linux/x64");
    for (const file of names.map((name) => join(folder, name))) {
      if (!existsSync(file)) writeFileSync(file, "");
    }
  } catch (cause) {
    // Then the script does what it does; npm tells how that ended.
    console.warn(`idiolect: CUDA libraries may be fetched that it does not need: ${cause.message}`);
  }
}
