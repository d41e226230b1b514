import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ModelDirectoryError } from "../../../src/plm/errors.ts";
import { readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { copyVerifiedModel, makeModelDirectory } from "../../../src/plm/foreign/copy-model.ts";
import { tinyBertPath } from "../tiny-model.ts";

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

describe("a model that is imported", () => {
  /** Verified under an id, then copied as it is by now. */
  const importVerifiedAs = (id: string, path: string, folder: string) =>
    copyVerifiedModel({ id }, path, join(folder, "model"));
  const newFolder = (): string => mkdtempSync(join(tmpdir(), "idiolect-import-"));

  it("is what was verified, byte for byte", async () => {
    const folder = newFolder();
    const { id } = await readModelDirectory(tinyBertPath);
    await importVerifiedAs(id, tinyBertPath, folder);
    expect((await readModelDirectory(join(folder, "model"))).id).toBe(id);
  });

  it("is refused where it changed while it was copied, and leaves nothing behind", async () => {
    const folder = newFolder();
    const refused = importVerifiedAs("what it was", tinyBertPath, folder);
    await expect(refused).rejects.toThrow("it changed while it was copied");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is refused where its shared prompts were damaged after they were verified", async () => {
    const [folder, source] = [newFolder(), newFolder()];
    cpSync(tinyBertPath, source, { recursive: true });
    writeFileSync(join(source, "shared-prompts.safetensors"), "damaged");
    const { id } = await readModelDirectory(source);
    await expect(importVerifiedAs(id, source, folder)).rejects.toThrow(ModelDirectoryError);
    expect(readdirSync(folder)).toEqual([]);
  });
});
