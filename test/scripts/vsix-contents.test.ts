import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linuxContract, type VsixEntry, vsixFaults } from "../../scripts/vsix-contents.ts";

const contract = linuxContract("/home/dorcas/idiolect", ["extension/media/icon.png"]);

/** The beginning of a program for 64-bit Linux; `machine` 62 is x86-64, 183 is ARM. */
function program(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  header.writeUInt16LE(machine, 18);
  return header;
}

function entry(path: string, content: Buffer | string = ""): VsixEntry {
  const bytes = Buffer.from(content);
  return { path, bytes: bytes.length, packedBytes: bytes.length, read: () => bytes };
}

const whole = contract.required.map((path) => entry(path, /\.(node|so\.1)$/.test(path) ? program(62) : "{}"));

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
  "extension/dist/node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/onnxruntime_binding.node",
  "extension/dist/node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib",
  "extension/node_modules/zod/index.js",
])("%s does not belong into it.", (path) => {
  expect(faults(entry(path, program(62)))).toContain(`${path} does not belong into it.`);
});

test("A missing part is named.", () => {
  const without = whole.filter(({ path }) => !path.endsWith("learner.js"));
  expect(vsixFaults(without, 1000, contract)).toEqual(["extension/dist/learner.js is missing."]);
});

test("Machine code for another machine is found out, whatever its name says.", () => {
  const swapped = whole.map((one) => (one.path.endsWith(".node") ? entry(one.path, program(183)) : one));
  expect(vsixFaults(swapped, 1000, contract)).toEqual([
    expect.stringMatching(/onnxruntime_binding\.node is not machine code for 64-bit Linux on x86\.$/),
  ]);
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
