import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machineCodeOf } from "../../scripts/machine-code.ts";
import { hasTelemetryGroup, quietLibrary } from "../../scripts/quiet-library.ts";
import { readVsix, type VsixEntry } from "../../scripts/vsix-contents.ts";
import { vsixTable } from "../../scripts/vsix-table.ts";
import { universalVsix, vsixTargets } from "../../scripts/vsix-targets.ts";

const root = resolve(import.meta.dirname, "../..");
const out = mkdtempSync(join(tmpdir(), "idiolect-vsix-"));

interface Packed {
  readonly file: string;
  readonly bytes: number;
}

const packed = new Map<string, Packed>();

beforeAll(() => {
  const program = [join(root, "scripts", "package.ts"), "--json", "--out", out];
  const told = execFileSync(process.execPath, program, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  for (const line of told.split("\n").filter((one) => one.startsWith("{"))) {
    const one: Packed = JSON.parse(line);
    packed.set(/^idiolect-(.*)-\d+\.\d+\.\d+\.vsix$/.exec(basename(one.file))?.[1] ?? one.file, one);
  }
}, 900_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

const entriesOf = (name: string): readonly VsixEntry[] => readVsix(packed.get(name)!.file);

test("`npm run package` makes a VSIX for each kind of machine.", () => {
  expect([...packed.keys()]).toEqual([...vsixTargets, universalVsix].map(({ name }) => name));
});

describe.each(vsixTargets)("The VSIX for $name", (target) => {
  test("holds machine code for this machine alone, as its package has it.", () => {
    const code = entriesOf(target.name).flatMap(({ path, read }) => {
      const found = machineCodeOf(read());
      return found === undefined ? [] : [{ path, found, content: read() }];
    });
    expect(code.map(({ path }) => path.split("/").at(-1)).toSorted()).toEqual([...target.files].toSorted());
    for (const { path, found, content } of code) {
      expect(found).toEqual(target.code);
      const original = readFileSync(join(root, path.replace("extension/dist/", "")));
      expect(content.equals(hasTelemetryGroup(original) ? quietLibrary(original) : original)).toBe(true);
    }
    const [library, binding] = target.files;
    const caller = code.find(({ path }) => path.endsWith(binding))!;
    expect(caller.content.includes(library), `${binding} asks for ${library}`).toBe(true);
  });

  test("is said to be for this machine, and for no other.", () => {
    const described = entriesOf(target.name).find(({ path }) => path === "extension.vsixmanifest")!;
    expect(described.read().toString("utf8")).toContain(`TargetPlatform="${target.name}"`);
  });
});

/** The cells of each row of the first table of a text. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const [table = ""] = /(?:^\|.*\|\n?)+/m.exec(text) ?? [];
  return table
    .trim()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test("docs/platforms.md has the table that packing prints; sizes may differ by a twentieth, or by a tenth of a megabyte.", () => {
  const vsixes = [...packed].map(([name, { bytes }]) => ({ name, bytes, entries: entriesOf(name) }));
  const printed = rowsOf(vsixTable(vsixes));
  const told = rowsOf(readFileSync(join(root, "docs/platforms.md"), "utf8"));
  const names = printed.slice(2).map(([name]) => name);
  expect(names).toEqual([...vsixTargets.map(({ name }) => name), universalVsix.name, "at most"]);
  expect(told.map((row) => row.map(withoutSize))).toEqual(printed.map((row) => row.map(withoutSize)));
  for (const [at, row] of printed.entries()) {
    for (const [column, cell] of row.entries()) {
      const [is, was] = [Number(cell), Number(told[at]?.[column])];
      if (cell === "" || Number.isNaN(is)) continue;
      const leeway = at === printed.length - 1 ? 0 : Math.max(0.1, is / 20);
      expect(Math.abs(is - was), `${row[0]}, ${printed[0]?.[column]}`).toBeLessThanOrEqual(leeway);
    }
  }
});

const withoutSize = (cell: string): string => cell.replace(/^[\d.]+$/, "number");

test("The universal VSIX has WebAssembly, no machine code, and is for no machine in particular.", () => {
  const entries = entriesOf(universalVsix.name);
  expect(entries.filter(({ read }) => machineCodeOf(read()) !== undefined)).toEqual([]);
  const assembly = entries.filter(({ path }) => path.endsWith(".wasm"));
  expect(assembly.map(({ read }) => read().toString("latin1", 0, 4))).toEqual(["\0asm"]);
  const described = entries.find(({ path }) => path === "extension.vsixmanifest")!;
  expect(described.read().toString("utf8")).not.toContain("TargetPlatform");
});
