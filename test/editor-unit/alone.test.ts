import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { alone } from "../editor/harness/alone.ts";

const source = pathToFileURL(resolve(import.meta.dirname, "../editor/harness/alone.ts")).href;
let folder: string;
let lock: string;
let log: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "idiolect-alone-"));
  lock = join(folder, "lock");
  log = join(folder, "log");
  writeFileSync(log, "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that writes down when its work begins, and when it ends after so many milliseconds. */
async function startOther(workMs: number) {
  const program = `
    import { appendFileSync } from "node:fs";
    import { alone } from ${JSON.stringify(source)};
    alone(${JSON.stringify(lock)}, () => {
      appendFileSync(${JSON.stringify(log)}, "begun ");
      process.stdout.write("begun");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${workMs});
      appendFileSync(${JSON.stringify(log)}, "ended ");
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("Work begins when that of another process has ended, and gives its outcome.", async () => {
  await startOther(500);
  expect(alone(lock, () => readFileSync(log, "utf8"))).toBe("begun ended ");
});

test("Nobody waits for a process that was killed.", async () => {
  const other = await startOther(60_000);
  other.kill("SIGKILL");
  await once(other, "exit");
  expect(alone(lock, () => readFileSync(log, "utf8"))).toBe("begun ");
});

test("Work that fails lets the next begin.", () => {
  expect(() =>
    alone(lock, () => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(alone(lock, () => "done")).toBe("done");
});
