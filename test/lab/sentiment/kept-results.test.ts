import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { floatsShape, keepResult } from "../../../src/lab/sentiment/kept-results.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-kept-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("A result is made once for what it depends on, exactly as it was, and anew where its file is broken.", async () => {
  let made = 0;
  const shape = z.array(z.object({ latent: z.number(), vector: floatsShape }));
  const make = async () => {
    made++;
    return [{ latent: 0.1 + made, vector: Float32Array.of(1 / 3, -2).subarray(0, 2) }];
  };
  const keep = (dependsOn: readonly unknown[]) =>
    keepResult(folder, { name: "test", dependsOn, shape }, make);
  const first = await keep(["a", 1]);
  expect(await keep(["a", 1])).toEqual(first);
  expect(made).toBe(1);
  await keep(["a", 2]);
  expect(made).toBe(2);
  for (const [at, broken] of ["[7]", "", '[{"lat'].entries()) {
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), broken);
    expect((await keep(["a", 1]))[0]!.latent).toBe(0.1 + 3 + at);
  }
});
