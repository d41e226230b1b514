import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openGenerator } from "../../../src/plm/heads/generator.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { goldenPath } from "../encoder/family-golden.ts";

const root = mkdtempSync(join(tmpdir(), "idiolect-generator-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const cache = join(root, "cache");

/** The tiny ELECTRA with a generator copied from another model, or none. */
async function discriminatorWith(generator: string | undefined): Promise<PretrainedModel> {
  const path = mkdtempSync(join(root, "electra-"));
  cpSync(goldenPath("tiny-electra"), path, { recursive: true });
  rmSync(join(path, "generator"), { recursive: true });
  if (generator !== undefined) cpSync(goldenPath(generator), join(path, "generator"), { recursive: true });
  return PretrainedModel.open(path, cache);
}

describe("the generator of an ELECTRA directory", () => {
  it("guesses words of the discriminator's vocabulary", async () => {
    const discriminator = await discriminatorWith("tiny-electra/generator");
    const generator = await openGenerator(discriminator, cache);
    expect(generator?.directory.heads.mlm).toBe(true);
    expect(generator?.config.hidden_size).toBe(12);
  });

  it("is absent where there is none", async () => {
    expect(await openGenerator(await discriminatorWith(undefined), cache)).toBeUndefined();
  });

  it("is refused where it cannot guess words", async () => {
    const discriminator = await discriminatorWith("tiny-electra");
    await expect(openGenerator(discriminator, cache)).rejects.toThrow(/needs a head that guesses words/);
  });

  it("is refused where its words are others", async () => {
    const discriminator = await discriminatorWith("tiny-roberta");
    await expect(openGenerator(discriminator, cache)).rejects.toThrow(/vocabulary is not that of the model/);
  });
});
