import { spawnSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSource } from "../../../src/cli/reading/read-source.ts";
import { processSurroundings } from "../../../src/cli/surroundings.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-source-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const terminal = processSurroundings({ quiet: true });
const isPosix = process.platform !== "win32";

test("A document is read from its file.", async () => {
  const file = join(folder, "post.md");
  writeFileSync(file, "A sentence. Another one.");
  expect((await readSource(file, terminal)).sentences).toHaveLength(2);
});

test("A file that is not there is said to be so.", async () => {
  await expect(readSource(join(folder, "pots.md"), terminal)).rejects.toMatchObject({
    message: expect.stringMatching(/pots\.md: is not there$/),
    advice: expect.stringContaining("Check the name"),
  });
});

test.runIf(isPosix)("A device or a folder is refused at once, with advice.", async () => {
  await expect(readSource("/dev/zero", terminal)).rejects.toMatchObject({
    message: "/dev/zero: is a device, not a file",
    advice: expect.stringContaining("standard input"),
  });
  await expect(readSource(folder, terminal)).rejects.toMatchObject({ name: "NotAFileError" });
});

test.runIf(isPosix)("Standard input that never ends is read up to the limit.", () => {
  const program = [
    `import { readSource } from ${JSON.stringify(join(import.meta.dirname, "../../../src/cli/reading/read-source.ts"))};`,
    `import { processSurroundings } from ${JSON.stringify(join(import.meta.dirname, "../../../src/cli/surroundings.ts"))};`,
    `await readSource("-", processSurroundings({})).catch(({ name }) => console.log(name));`,
  ].join("\n");
  const { stdout, signal } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    stdio: [openSync("/dev/zero", "r"), "pipe", "inherit"],
    timeout: 30_000,
  });
  expect({ name: stdout.toString().trim(), signal }).toEqual({ name: "FileTooLargeError", signal: null });
});

test("What a parser says of a document ends with one full stop.", async () => {
  const file = join(folder, "nested.md");
  writeFileSync(file, `+++\ntags = ${"[".repeat(2000)}${"]".repeat(2000)}\n+++\n\nThe river was quiet.\n`);
  const lines: string[] = [];
  await readSource(file, { ...terminal, warn: (line) => lines.push(line) });
  expect(lines.join("\n")).toMatch(/nested\.md:\d+: The front matter \(TOML\) is broken: .*[^.]\. [A-Z]/);
});
