import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "idiolect-build-"));
const dist = join(folder, "dist");

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, env: { ...process.env, OUT: dist } });
  // The programs find their packages, version and model above the folder that they lie in.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  symlinkSync(join(root, "models"), join(folder, "models"));
  cpSync(join(root, "package.json"), join(folder, "package.json"));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("The lab", () => {
  test.each(["cli.js", "mcp.js", "server.js", "learner.js", "extension.cjs", "client.cjs"])(
    "has no line in %s.",
    (name) => {
      const sources = sourcesOf(name);
      expect(sources.some((source) => /\/src\/[\w-]+\//.test(source))).toBe(true);
      expect(sources.filter(isOfLab)).toEqual([]);
    },
  );

  test("is a file of its own, beside that which draws.", () => {
    expect(sourcesOf("lab.js").filter(isOfLab).length).toBeGreaterThan(50);
    expect(sourcesOf("plot-study.js").filter(isOfLab).length).toBeGreaterThan(1);
  });

  test("answers the command line.", () => {
    const { status, stdout } = idiolect(dist, "lab", "evaluate", "tags", "--help");
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: idiolect lab evaluate tags [options] <folder>");
  });

  test("tells its own failures as the program does, though it lies in another file.", () => {
    const words = ["lab", "evaluate", "tags", ".", "--tuning", "lora", "--json"];
    const { status, stdout, stderr } = idiolect(dist, ...words);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 2 } });
    expect(stderr).toMatch(/^idiolect: A way of tuning needs a loss/);
  });
});

test("The extension brings two small packages with its own code: reading a library takes most of an activation.", () => {
  const packages = sourcesOf("extension.cjs").flatMap(
    (source) => source.match(/node_modules\/(.+?)\//)?.[1] ?? [],
  );
  expect([...new Set(packages)]).toEqual(["env-paths", "is-safe-filename"]);
});

describe("Without the lab", () => {
  let lacking: string;
  beforeAll(() => {
    lacking = join(folder, "lacking");
    mkdirSync(lacking);
    for (const name of ["cli.js", "learner.js"]) cpSync(join(dist, name), join(lacking, name));
  });

  test.each([["lab"], ["lab evaluate tags ."], ["evaluate --help"], ["experiment layers"], ["help lab"]])(
    "%s says where to get it.",
    (words) => {
      const { status, stdout, stderr } = idiolect(lacking, ...words.split(" "));
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toBe(`idiolect: ${missing}\n`);
    },
  );

  test("--json gives one object.", () => {
    const { status, stdout } = idiolect(lacking, "lab", "evaluate", "tags", ".", "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({ version: 1, error: { code: 1, message: missing } });
  });

  test("all other commands are as they were.", () => {
    expect(idiolect(lacking, "--help")).toEqual(idiolect(dist, "--help"));
  });
});

describe("A lab that is there and does not load", () => {
  test.each([
    ["it breaks", 'throw new Error("The bottom fell out");', "The bottom fell out"],
    ["it is cut short", "export const runLabProgram = (", "Unexpected end of input"],
    ["a file that it needs is missing", 'import "./plans.js";', "plans.js"],
    ["a package that it needs is missing", 'import "no-such-package";', "no-such-package"],
  ])("says what is wrong with it: %s.", (_, source, message) => {
    const broken = mkdtempSync(join(folder, "broken-"));
    cpSync(join(dist, "cli.js"), join(broken, "cli.js"));
    writeFileSync(join(broken, "lab.js"), source);
    const { status, stderr } = idiolect(broken, "lab", "--help");
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("not a part of this installation");
  });
});

const missing =
  "The lab is not a part of this installation. It comes with a clone of the project, where npm run build makes it, " +
  "and with the package that npm pack makes there.";

/** Every file that a bundle has lines of, by its source map. */
function sourcesOf(name: string): readonly string[] {
  const { sources } = JSON.parse(readFileSync(join(dist, `${name}.map`), "utf8"));
  return sources.map((source: string) => resolve(dist, source));
}

const isOfLab = (source: string): boolean => source.startsWith(join(root, "src/lab/"));

function idiolect(where: string, ...words: readonly string[]) {
  const program = ["--disable-warning=ExperimentalWarning", join(where, "cli.js")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), XDG_DATA_HOME: join(folder, "data") },
  });
  return { status, stdout, stderr };
}
