import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "idiolect-pack-"));
const base = needs("base", "model.safetensors");
/** As on a machine that has npm and nothing of ours, and writes nothing beside the folder. */
const environment = cleanEnvironment();
const canInstall = reachesRegistry();
const note = canInstall ? "" : " [without a package registry]";
/** The last one draws, and runs no model. */
const bundleNames = ["dist/cli.js", "dist/lab.js", "dist/learner.js", "dist/mcp.js", "dist/plot-study.js"];
let tarball: string;

beforeAll(() => {
  // npm builds for packing in the folder that it packs; others use this one's meanwhile.
  const copy = copyCheckout();
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: copy,
    encoding: "utf8",
    env: environment,
    stdio: ["ignore", "pipe", "ignore"],
  });
  tarball = join(folder, JSON.parse(packed.slice(packed.indexOf("[")))[0].filename);
}, 300_000);
// Some hundred megabytes.
afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);

describe.skipIf(base.isMissing)(`The package${base.note}`, () => {
  test("holds what runs, and nothing else.", () => {
    const files = execFileSync("tar", ["tzf", tarball], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map((path) => path.replace(/^package\//, ""));
    const posts = readdirSync(join(root, "media/sample-blog")).map((name) => `media/sample-blog/${name}`);
    const models = ["models/idiolect-base", "models/voice-background"].flatMap((model) =>
      readdirSync(join(root, model)).map((name) => `${model}/${name}`),
    );
    expect(files.toSorted()).toEqual(
      [
        ...["LICENSE", "NOTICE", "README.md", "package.json", "scripts/skip-cuda.cjs"],
        ...bundleNames,
        "media/sample-draft.md",
        ...posts,
        ...models,
      ].toSorted(),
    );
  });

  test("needs what lies outside its bundles alone, and names no folder of the machine it was made on.", () => {
    const bundles = bundleNames.map(contentOf);
    const imported = bundles.flatMap((text) =>
      [...text.matchAll(/\b(?:from|import\()\s*"([@a-z][\w@/.:-]*)"/g)].map(([, name]) => name!),
    );
    expect(imported.filter((name) => !isBuiltin(name) && !name.startsWith("./"))).toEqual([]);
    const { dependencies } = JSON.parse(contentOf("package.json"));
    expect(Object.keys(dependencies)).toEqual(["onnxruntime-node"]);
    for (const text of bundles) expect(text).not.toContain(root);
    for (const text of bundles.slice(0, 3)) expect(text).toContain('"onnxruntime-node"');
  });

  test.skipIf(!canInstall)(`installs into an empty folder with npm as it is, and runs there.${note}`, () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    run("npm", ["install", "--no-audit", "--no-fund", tarball], empty);
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(run("npx", ["--no-install", "idiolect", "--version"], empty)).toBe(`${version}\n`);

    expect(run("npx", ["--no-install", "idiolect", "lab", "--help"], empty)).toContain("evaluate");

    const words = ["read", "-", "--json", "--store", join(folder, "store")];
    const read = run("npx", ["--no-install", "idiolect", ...words], empty, "What a lovely day it was.");
    expect(JSON.parse(read)).toMatchObject({
      sentences: [{ general: { label: expect.stringMatching(/positive$/i) } }],
    });
    expect(readdirSync(join(empty, "node_modules/idiolect")).toSorted()).toEqual([
      ...["LICENSE", "NOTICE", "README.md", "dist", "media", "models", "package.json", "scripts"],
    ]);
  });

  test.skipIf(!canInstall)(`installs for all folders, so that editors and agents find it.${note}`, () => {
    const prefix = join(folder, "everywhere");
    const words = ["install", "--global", "--prefix", prefix, "--no-audit", "--no-fund", "--prefer-offline"];
    run("npm", [...words, tarball], folder);
    const read = ["read", "-", "--json", "--store", join(folder, "store")];
    // On the path it runs with the Node that is there, which may be too old on this machine.
    const node = join(root, "node_modules", "node", "bin", "node");
    const told = run(node, [join(prefix, "bin", "idiolect"), ...read], folder, "What a lovely day it was.");
    expect(JSON.parse(told)).toMatchObject({ version: 1 });
  });
});

function contentOf(path: string): string {
  return execFileSync("tar", ["xzOf", tarball, `package/${path}`], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
}

function run(program: string, words: readonly string[], cwd: string, input = ""): string {
  const ran = spawnSync(program, words, { cwd, input, encoding: "utf8", env: environment });
  expect({ words, status: ran.status, errors: ran.status === 0 ? "" : ran.stderr }).toEqual({
    words,
    status: 0,
    errors: "",
  });
  return ran.stdout;
}

/** What git tracks or will, with the packages that are installed here. */
function copyCheckout(): string {
  const copy = join(folder, "checkout");
  const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", listed, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  for (const path of files.split("\0").filter((one) => one !== "" && existsSync(join(root, one)))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Without what npm tells the programs that it runs, and this checkout's own Node. */
function cleanEnvironment(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) && name !== "NODE");
  const path = process.env["PATH"]
    ?.split(":")
    .filter((one) => !one.includes("node_modules"))
    .join(":");
  return { ...Object.fromEntries(own), PATH: path, XDG_CACHE_HOME: join(folder, "cache") };
}

function reachesRegistry(): boolean {
  const asked = spawnSync("npm", ["view", "onnxruntime-node@1.30.0", "version", "--fetch-retries=0"], {
    encoding: "utf8",
    env: environment,
    cwd: folder,
    timeout: 30_000,
  });
  return asked.status === 0 && asked.stdout.trim() === "1.30.0";
}
