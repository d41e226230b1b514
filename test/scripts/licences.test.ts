import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { licenceProblems } from "../../scripts/licences.ts";

const script = join(import.meta.dirname, "../../scripts/check-licences.ts");
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true });
  }
});

/** A folder as npm leaves it, with the given packages installed. */
function makeTree(
  packages: Readonly<Record<string, { dev?: boolean; file: object }>>,
  notice: string,
  needs: Readonly<Record<string, readonly string[]>> = {},
): string {
  const root = mkdtempSync(join(tmpdir(), "licences-"));
  folders.push(root);
  const lock: Record<string, object> = { "": { name: "tree" } };
  for (const [name, { dev = false, file }] of Object.entries(packages)) {
    const path = join(root, "node_modules", name, "package.json");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify({ name: name.replace(/^.*node_modules\//, ""), ...file }));
    const dependencies = Object.fromEntries((needs[name] ?? []).map((other) => [other, "*"]));
    lock[`node_modules/${name}`] = { ...(dev ? { dev } : {}), dependencies };
  }
  lock["node_modules/not-for-this-platform"] = {};
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: lock }));
  writeFileSync(join(root, "NOTICE"), notice);
  return root;
}

function check(root: string): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

test("Packages under allowed licences that NOTICE credits pass; those for development are not asked.", () => {
  const root = makeTree(
    {
      plain: { file: { license: "MIT" } },
      "@scope/choice": { file: { license: "(GPL-3.0 OR BSD-3-Clause)" } },
      old: { file: { licenses: [{ type: "MIT" }] } },
      tool: { dev: true, file: { license: "GPL-3.0" } },
    },
    "Packages:\n  plain (MIT)\n  @scope/choice ((GPL-3.0 OR BSD-3-Clause))\n  old (MIT)\n",
  );
  const { status, said } = check(root);
  expect(said).toContain("3 shipped packages");
  expect(status).toBe(0);
});

test("A copyleft licence fails, by the package's name and what to do.", () => {
  const { status, said } = check(makeTree({ viral: { file: { license: "GPL-3.0" } } }, "viral (GPL-3.0)"));
  expect(said).toContain("viral is under 'GPL-3.0', which is not on the list of scripts/licences.ts.");
  expect(status).toBe(1);
});

test("Words that name no licence fail, and so does their absence.", () => {
  expect(licenceProblems([{ name: "closed", licence: "SEE LICENSE IN EULA" }], "")).toEqual([
    expect.stringContaining("closed is under 'SEE LICENSE IN EULA'"),
  ]);
  expect(licenceProblems([{ name: "silent", licence: undefined }], "")).toEqual([
    "silent names no licence. Ask its authors, or use another package.",
  ]);
});

test("Two licences that both hold must both be allowed.", () => {
  expect(licenceProblems([{ name: "both", licence: "MIT AND AGPL-3.0" }], "")).toHaveLength(1);
});

test("A package that NOTICE does not credit fails with the line to add.", () => {
  expect(licenceProblems([{ name: "plain", licence: "MIT" }], "plain (ISC)")).toEqual([
    "NOTICE does not credit plain. Add the line 'plain (MIT)'.",
  ]);
});

test("What lies in the bundles is asked with all that it needs, though npm holds it for development alone.", () => {
  const root = makeTree(
    {
      inside: { dev: true, file: { license: "MIT" } },
      needed: { dev: true, file: { license: "GPL-3.0" } },
      "inside/node_modules/nested": { dev: true, file: { license: "ISC" } },
      nested: { dev: true, file: { license: "GPL-2.0" } },
      tool: { dev: true, file: { license: "GPL-3.0" } },
    },
    "inside (MIT)\nnested (ISC)\n",
    { inside: ["needed", "nested"] },
  );
  mkdirSync(join(root, "scripts"));
  writeFileSync(join(root, "scripts", "bundled-packages.json"), '["inside"]');
  const { said } = check(root);
  expect(said.trim()).toBe(
    "needed is under 'GPL-3.0', which is not on the list of scripts/licences.ts. Use another package.",
  );
});
