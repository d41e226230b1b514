import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect, it } from "vitest";
import { makeModelDirectory } from "../../../src/plm/foreign/copy-model.ts";

it("A model directory gets its name when it is whole, and drafts of killed processes go.", async () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-copy-"));
  const to = join(folder, "model");
  let own = "";
  const work = makeModelDirectory(to, async (draft) => {
    own = basename(draft);
    writeFileSync(join(draft, "config.json"), "{}");
    // No process has a number this large.
    const dead = own.replace(`-${process.pid}-`, "-999999999-");
    for (const name of [dead, dead.replace("model.", "other.")]) mkdirSync(join(dirname(draft), name));
    writeFileSync(join(dirname(draft), dead, "config.json"), "half");
    const second = await makeModelDirectory(join(folder, "model"), async () => {
      expect(readdirSync(folder)).toContain(own);
      throw new Error("refused");
    }).catch((error: Error) => error.message);
    expect(second).toBe("refused");
    return "whole";
  });
  expect(await work).toBe("whole");
  expect(readdirSync(folder).sort()).toEqual(["model", expect.stringMatching(/^other\./)]);
  expect(readdirSync(to)).toEqual(["config.json"]);
});
