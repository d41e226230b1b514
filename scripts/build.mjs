// Bundles the programs into dist/. Native and data files stay outside the bundles.
// Runs from `prepare`, so on whatever Node `npm ci` was called with: nothing here needs more than Node 20.
import { chmodSync, existsSync } from "node:fs";
import { context } from "esbuild";

const programs = {
  cli: "src/cli/main.ts",
  learner: "src/learner/main.ts",
};
const entryPoints = Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(file)));

const build = await context({
  entryPoints,
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  sourcemap: true,
  external: ["onnxruntime-node"],
  // Bundled CommonJS packages call require; ESM has none. The first line of src/cli/main.ts stays the first.
  banner: {
    js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
  },
  logLevel: "warning",
  plugins: [{ name: "executable", setup: ({ onEnd }) => onEnd(makeExecutable) }],
});
if (process.argv.includes("--watch")) {
  await build.watch();
} else {
  await build.rebuild();
  await build.dispose();
}

/** npm links the command to the built file, which has to be executable for it. */
function makeExecutable() {
  if (existsSync("dist/cli.js")) {
    chmodSync("dist/cli.js", 0o755);
  }
}
