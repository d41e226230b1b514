// Bundles the programs into dist/. Native and data files stay outside the bundles. What has no source yet
// is left out. RELEASE=1 gives what is shipped: minified, no source maps;
// OUT names another folder than dist/. `npm pack` gets what is shipped of the command line and nothing else;
// --checkout afterwards gives everything back.
// Runs from `prepare`, so on whatever Node `npm ci` was called with: nothing here needs more than Node 20.
import { chmodSync, existsSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { context } from "esbuild";

const isPacking =
  ["pack", "publish"].includes(process.env.npm_command) && !process.argv.includes("--checkout");
const isRelease = isPacking || process.env.RELEASE === "1";
const outdir = process.env.OUT ?? "dist";
const webviewFolder = "src/webview";

const everywhere = {
  outdir,
  bundle: true,
  sourcemap: !isRelease,
  minify: isRelease,
  // Errors are told apart by name across processes.
  keepNames: isRelease,
  legalComments: isRelease ? "none" : "inline",
  logLevel: "warning",
};

/**
 * Programs run here or beside the editor. The lab is a file of its own, which only `idiolect lab` loads, and so are
 * what serves agents and what draws a study's pictures.
 */
const programs = {
  ...everywhere,
  entryPoints: existing({
    cli: "src/cli/main.ts",
    learner: "src/learner/main.ts",
    lab: "src/lab/lab-program.ts",
    mcp: "src/agents/serve-mcp.ts",
    "plot-study": "src/lab/studies/plot-study.ts",
    ...(isPacking ? {} : { server: "src/server/main.ts" }),
  }),
  platform: "node",
  format: "esm",
  target: "node22",
  external: ["onnxruntime-node", "onnxruntime-web"],
  // Bundled CommonJS packages call require; ESM has none. The first line of src/cli/main.ts stays the first.
  banner: {
    js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
  },
  plugins: [
    apart(/\/lab-program\.ts$/, "./lab.js"),
    apart(/\/serve-mcp\.ts$/, "./mcp.js"),
    apart(/\/plot-study\.ts$/, "./plot-study.js"),
    {
      name: "n-grams-as-json",
      setup: ({ onLoad }) => onLoad({ filter: /\/eld\/src\/ngrams\// }, ngramsAsJson),
    },
    { name: "executable", setup: ({ onEnd }) => onEnd(makeExecutable) },
  ],
};

/**
 * VS Code loads extensions as CommonJS. The language client is a file of its own, since parsing it would
 * take most of the activation.
 */
const extension = {
  ...everywhere,
  entryPoints: existing({
    extension: "src/editor/extension.ts",
    client: "src/editor/client/language-client.ts",
  }),
  outExtension: { ".js": ".cjs" },
  platform: "node",
  format: "cjs",
  target: "node22",
  external: ["vscode"],
  // The editor's own loader knows `vscode` behind `require`, not behind `import()`.
  supported: { "dynamic-import": false },
  plugins: [
    apart(/\/language-client\.ts$/, "./client.cjs"),
    {
      name: "vscode-as-it-is",
      setup: ({ onLoad }) => onLoad({ filter: /\/src\/editor\/.*\.ts$/ }, requireVscode),
    },
  ],
};

/** Leaves the module in its own file, which is loaded where `import()` asks for it. */
function apart(source, built) {
  const outside = ({ kind }) => (kind === "dynamic-import" ? { path: built, external: true } : undefined);
  return { name: `${built}-apart`, setup: ({ onResolve }) => onResolve({ filter: source }, outside) };
}

/**
 * For every `import *` esbuild copies the hundreds of names of the editor's API into an object of its own; in
 * two dozen files that was half of the activation.
 */
async function requireVscode({ path }) {
  const source = await readFile(path, "utf8");
  const contents = source.replace('import * as vscode from "vscode";', 'import vscode = require("vscode");');
  return { contents, loader: "ts" };
}

/** A string that JSON.parse reads takes a third of the time and of the memory of the same table as code. */
async function ngramsAsJson({ path }) {
  const { ngramsData } = await import(pathToFileURL(path).href);
  const json = JSON.stringify(JSON.stringify(ngramsData));
  return { contents: `export const ngramsData = JSON.parse(${json});`, loader: "js" };
}

/** Each file of the folder that is not imported by others as a module of its own. */
const webviews = {
  ...everywhere,
  entryPoints: existing(
    Object.fromEntries(
      (existsSync(webviewFolder) ? readdirSync(webviewFolder) : [])
        .filter((name) => name.endsWith("-view.ts"))
        .map((name) => [basename(name, ".ts"), join(webviewFolder, name)]),
    ),
  ),
  outdir: join(outdir, "webview"),
  platform: "browser",
  format: "iife",
  target: "chrome130",
};

// What an earlier build left here would be packed, too.
if (isPacking) rmSync(outdir, { recursive: true, force: true });

for (const options of isPacking ? [programs] : [programs, extension, webviews]) {
  if (Object.keys(options.entryPoints).length === 0) continue;
  const build = await context(options);
  if (process.argv.includes("--watch")) {
    await build.watch();
  } else {
    await build.rebuild();
    await build.dispose();
  }
}

function existing(entryPoints) {
  return Object.fromEntries(Object.entries(entryPoints).filter(([, file]) => existsSync(file)));
}

/** npm links the command to the built file, which has to be executable for it. */
function makeExecutable() {
  if (existsSync(join(outdir, "cli.js"))) {
    chmodSync(join(outdir, "cli.js"), 0o755);
  }
}
