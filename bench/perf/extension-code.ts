/*
 * A process that reads and evaluates the built extension's code, as the editor does before it calls `activate`, and tells
 * the milliseconds of processor time. The editor's own module is absent: evaluation only names it, and asks it
 * for the language, which is English.
 *   node bench/perf/extension-code.ts <folder above dist>
 */
import { createRequire, registerHooks } from "node:module";
import { join, resolve } from "node:path";

const nothing = `
  const anything = new Proxy(function () {}, {
    get: () => anything,
    construct: () => anything,
    apply: () => anything,
  });
  module.exports = new Proxy({ env: { language: "en" }, l10n: { t: () => "" } }, { get: (known, key) => known[key] ?? anything });
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: "idiolect-bench:vscode", format: "commonjs", shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === "idiolect-bench:vscode"
      ? { format: "commonjs", source: nothing, shortCircuit: true }
      : next(url, context),
});

const load = createRequire(import.meta.url);
load("vscode");
const start = process.cpuUsage();
const { activate } = load(join(resolve(process.argv[2] ?? "."), "dist", "extension.cjs"));
const { user, system } = process.cpuUsage(start);
if (typeof activate !== "function") throw new Error("The build has no function activate.");
process.stdout.write(JSON.stringify({ processorMs: (user + system) / 1000 }));
