import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "idiolect-write-whole-"));
const path = join(folder, "made", "file");
const size = 32 * 2 ** 20;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("A file whose writer is killed is not there, or is whole.", { timeout: 30_000 }, async () => {
  const module = pathToFileURL(join(import.meta.dirname, "../../../src/lab/measures/write-whole.ts")).href;
  const script = `
    import { writeWhole } from ${JSON.stringify(module)};
    for (let value = 1; ; value = 3 - value) writeWhole(${JSON.stringify(path)}, Buffer.alloc(${size}, value));`;
  const writer = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "ignore" });
  const isWriting = () => existsSync(join(folder, "made")) && readdirSync(join(folder, "made")).length > 0;
  while (!isWriting()) await setTimeout(2);
  writer.kill("SIGKILL");
  await once(writer, "exit");
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  expect(bytes.length).toBe(size);
  expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
});
