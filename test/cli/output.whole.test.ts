import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { tinyModel } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-output-"));
const environment = { ...process.env, XDG_CACHE_HOME: join(folder, "cache") };
const common = ["--store", join(folder, "store"), "--model", tinyModel(folder)];
const program = ["--disable-warning=ExperimentalWarning", resolve("src/cli/main.ts")];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([[["read", "-", ...common]], [["--help"]]])(
  "%j outlives a reader that stops, in silence.",
  async (words) => {
    const ran = spawn(process.execPath, [...program, ...words], { env: environment });
    ran.stdout.destroy();
    ran.stdin.end("They could see the water.");
    const [errors, [code]] = await Promise.all([text(ran.stderr), once(ran, "exit")]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
  },
);

test("Work goes on where nobody reads what is said about it.", async () => {
  const ran = spawn(process.execPath, [...program, "tags", "-", ...common], { env: environment });
  ran.stderr.destroy();
  ran.stdin.end("They could see the water.");
  const [out, [code]] = await Promise.all([text(ran.stdout), once(ran, "exit")]);
  expect({ code, out }).toEqual({ code: 3, out: "" });
});

test.runIf(process.platform === "linux")("Results that cannot be written are a failure.", async () => {
  const to = `exec "$0" "$@" > /dev/full`;
  const ran = spawn("sh", ["-c", to, process.execPath, ...program, "--version"], { env: environment });
  const [errors, [code]] = await Promise.all([text(ran.stderr), once(ran, "exit")]);
  expect(code).toBe(1);
  expect(errors).toMatch(/^idiolect: The output cannot be written: [^\n]+\n$/);
});
