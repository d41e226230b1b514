import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  partSizes,
  type VsixEntry,
  vsixBudgets,
  vsixContract,
  vsixFaults,
} from "../../scripts/vsix-contents.ts";
import { universalVsix, vsixTargets } from "../../scripts/vsix-targets.ts";
import { elf, machineCodeFor, machO, portableExecutable } from "./machine-code-headers.ts";

const linux = vsixTargets[0]!;
const contract = vsixContract(linux, "/home/dorcas/idiolect", ["extension/media/icon.png"]);

function entry(path: string, content: Buffer | string = ""): VsixEntry {
  const bytes = Buffer.from(content);
  return { path, bytes: bytes.length, packedBytes: bytes.length, read: () => bytes };
}

const isMachineCode = (path: string): boolean => /\.(node|so\.1|dll|dylib)$/.test(path);

const whole = contract.required.map((path) => entry(path, isMachineCode(path) ? elf(62) : "{}"));

const faults = (...more: readonly VsixEntry[]): string[] => vsixFaults([...whole, ...more], 1000, contract);

test("A VSIX with all its parts and nothing else has no fault.", () => {
  expect(faults()).toEqual([]);
});

test.each([
  "extension/dist/server.js.map",
  "extension/dist/cli.js",
  "extension/dist/lab.js",
  "extension/dist/mcp.js",
  "extension/dist/plot-study.js",
  "extension/src/server/main.ts",
  "extension/test/corpus/dates.test.js",
  "extension/bench/run.js",
  "extension/media/sample-blog/2024-03-03-an-invoice.md",
  "extension/docs/images/hover.png",
  "extension/dist/node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/onnxruntime_binding.node",
  "extension/dist/node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib",
  "extension/dist/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/DirectML.dll",
  "extension/node_modules/zod/index.js",
])("%s does not belong into it.", (path) => {
  expect(faults(entry(path, elf(62)))).toContain(`${path} does not belong into it.`);
});

test("A missing part is named.", () => {
  const without = whole.filter(({ path }) => !path.endsWith("learner.js"));
  expect(vsixFaults(without, 1000, contract)).toEqual(["extension/dist/learner.js is missing."]);
});

describe.each(vsixTargets)("For $name", (target) => {
  const own = vsixContract(target, "/home/dorcas/idiolect", []);
  const entriesWith = (code: Buffer): VsixEntry[] =>
    own.required.map((path) => entry(path, isMachineCode(path) ? code : "{}"));

  test("its own machine code is right.", () => {
    expect(vsixFaults(entriesWith(machineCodeFor(target.code)), 1000, own)).toEqual([]);
    expect(own.required.filter(isMachineCode)).toHaveLength(2);
  });

  test.each([
    ["Linux on x86", elf(62)],
    ["Linux on ARM", elf(183)],
    ["Windows on x86", portableExecutable(0x8664)],
    ["Windows on ARM", portableExecutable(0xaa64)],
    ["macOS on ARM", machO(0x0100000c)],
    ["macOS on x86", machO(0x01000007)],
    ["no machine", Buffer.from("MZ, and nothing else")],
  ])("machine code for another machine is found out, whatever its name says: %s.", (_, code) => {
    const isOwn = code.equals(machineCodeFor(target.code));
    const found = vsixFaults(entriesWith(code), 1000, own);
    expect(found).toHaveLength(isOwn ? 0 : 2);
    for (const fault of found)
      expect(fault).toMatch(/ is .* instead of (ELF|PE|Mach-O) for (x86-64|arm64)\.$/);
  });
});

test("A source map's name and the folder of the build are found in the bundles.", () => {
  const bundle = 'run("/home/dorcas/idiolect/src");\n//# sourceMappingURL=server.js.map\n';
  const changed = whole.map((one) => (one.path.endsWith("server.js") ? entry(one.path, bundle) : one));
  expect(vsixFaults(changed, 1000, contract)).toEqual([
    "extension/dist/server.js names /home/dorcas/idiolect.",
    "extension/dist/server.js names a source map.",
  ]);
});

test("The extension's page is for people who have installed it, and has no broken picture.", () => {
  const page = readFileSync(join(import.meta.dirname, "../../media/README.md"), "utf8");
  expect(faults(entry("extension/readme.md", page))).toEqual([]);
  expect(faults(entry("extension/readme.md", "![A hover](docs/images/hover.png)\n\nnpm ci\n"))).toEqual([
    "extension/readme.md names the picture docs/images/hover.png, which the editor does not show.",
    "extension/readme.md speaks of npm, which nobody needs who has it.",
  ]);
});

test("A VSIX over its size is refused.", () => {
  expect(vsixFaults(whole, contract.maximumBytes + 1, contract)).toHaveLength(1);
});

test("A part over its budget is refused, and the budgets leave room for no more than the whole may have.", () => {
  const icon = whole.find(({ path }) => path.endsWith("icon.png"))!;
  const heavy = { ...entry("extension/docs/images/consent.png"), packedBytes: 614_400 - icon.packedBytes };
  expect(faults(heavy)).toEqual(["Too much for pictures: 614400 bytes; 524288 are the most."]);
  expect(vsixBudgets.reduce((sum, { maximumBytes }) => sum + maximumBytes, 0)).toBeLessThan(
    contract.maximumBytes,
  );
  expect(partSizes([...whole, heavy]).find(({ part }) => part === "pictures")).toMatchObject({
    bytes: 614400,
  });
});

test("The universal VSIX has WebAssembly, and machine code does not belong into it, for whatever machine.", () => {
  const own = vsixContract(universalVsix, "/home/dorcas/idiolect", []);
  const complete = own.required.map((path) => entry(path, "{}"));
  expect(vsixFaults(complete, 1000, own)).toEqual([]);
  expect(own.required.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
  const binding = contract.required.find((path) => path.endsWith(".node"))!;
  expect(vsixFaults([...complete, entry(binding, elf(62))], 1000, own)).toEqual([
    `${binding} does not belong into it.`,
    `${binding} is ELF for x86-64 instead of no machine code that is known.`,
  ]);
});

test("A library that hands events to Windows' telemetry is refused.", () => {
  const loud = Buffer.concat([elf(62), Buffer.from("1a73504fcf898247b3e0dce8c90476ba", "hex")]);
  const swapped = whole.map((one) => (one.path.endsWith(".so.1") ? entry(one.path, loud) : one));
  expect(vsixFaults(swapped, 1000, contract)).toEqual([
    expect.stringMatching(/libonnxruntime\.so\.1 hands events to Windows' telemetry\.$/),
  ]);
});
