import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Safetensors } from "../../src/plm/files/safetensors.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { goldenPath } from "../plm/encoder/family-golden.ts";
import { idiolect, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-model-command-"));
useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const roberta = goldenPath("tiny-roberta");
const electra = goldenPath("tiny-electra");
const store = (name: string): string => join(folder, name);

describe("model inspect", () => {
  test("tells the family, the shape, the heads, the licence and the cost.", async () => {
    const path = join(folder, "licensed");
    cpSync(roberta, path, { recursive: true });
    writeFileSync(join(path, "README.md"), "---\nlanguage: en\nlicense: mit\n---\n# Tiny\n");
    const { code, json } = await idiolect(["model", "inspect", path, "--json"]);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      version: 1,
      path,
      config: { model_type: "roberta", hidden_size: 16, max_position_embeddings: 22, position_offset: 2 },
      heads: { mlm: true, replacedTokens: false, sentiment: false },
      tokenizer: { family: "byteLevel", vocabularySize: 421 },
      stored: { F32: 42 },
      licence: { name: "mit", file: "README.md" },
      missing: [{ what: "head for tone" }],
      cost: { cacheBytes: 4 * (11_616 + 725) },
    });
  });

  test("names what an ELECTRA without generator lacks, for people.", async () => {
    const path = join(folder, "alone");
    cpSync(electra, path, { recursive: true });
    rmSync(join(path, "generator"), { recursive: true });
    const { code, out } = await idiolect(["model", "inspect", path]);
    expect(code).toBe(0);
    expect(out).toMatch(/family +ELECTRA/);
    expect(out).toMatch(/embeddings of 8/);
    expect(out).toMatch(
      /no head that guesses hidden words \(masked LM\): a writer's prompts cannot be learned/,
    );
    expect(out).toMatch(/no generator \(folder generator\): replaced tokens cannot be learned from/);
    expect(out).toMatch(/no licence/);
  });

  test("ends with 1 and all reasons where the directory is none, as one JSON object on request.", async () => {
    const { code, json, errors } = await idiolect(["model", "inspect", folder, "--json"]);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ version: 1, error: { code: 1 } });
    expect(errors).toMatch(
      /config\.json is missing[\s\S]*tokenizer\.json is missing[\s\S]*model\.safetensors is missing/,
    );
  });
});

describe("model verify", () => {
  test("reads every tensor and runs the model.", async () => {
    const { code, json } = await idiolect(["model", "verify", electra, "--json"]);
    expect(code).toBe(0);
    const { checks } = json() as { checks: readonly { what: string }[] };
    expect(checks.map(({ what }) => what)).toEqual(["tensors", "tokenizer", "run", "replaced", "generator"]);
  });

  test("says of a random head that it was not trained.", async () => {
    const { out } = await idiolect(["model", "verify", roberta]);
    expect(out).toMatch(/guesses +guessed \d+ of \d+ hidden tokens.*has not been trained on such text/);
  });
});

describe("model convert", () => {
  test("writes 8-bit weights that read sentences alike, and touches nothing that is there.", async () => {
    const source = writeTinyModel(join(folder, "float"), { metadata: { training: "research" } });
    const to = join(folder, "small");
    const { code, json } = await idiolect(["model", "convert", source, "--to", to, "--json"]);
    expect(code).toBe(0);
    const { bytesBefore, bytesAfter, leastCosine } = json() as Record<string, number>;
    expect(bytesAfter!).toBeLessThan(0.75 * bytesBefore!);
    expect(leastCosine!).toBeGreaterThan(0.99);
    expect(Safetensors.open(join(to, "model.safetensors")).metadata.get("training")).toBe("research");
    expect((await idiolect(["model", "inspect", to, "--json"])).json()).toMatchObject({
      heads: { mlm: true, sentiment: true },
      stored: { I8: expect.any(Number) },
    });
    const again = await idiolect(["model", "convert", source, "--to", to]);
    expect(again.code).toBe(1);
    expect(again.errors).toMatch(/There is something at .* already/);
  });

  test("keeps the family and its names.", async () => {
    const to = join(folder, "small-roberta");
    const { code, out } = await idiolect(["model", "convert", roberta, "--to", to]);
    expect(code).toBe(0);
    expect(out).toMatch(/weights 49\.4 kB → 30\.8 kB/);
    const { json } = await idiolect(["model", "inspect", to, "--json"]);
    expect(json()).toMatchObject({ config: { model_type: "roberta" }, stored: { I8: 1, F32: 41 } });
  });

  test("needs a place.", async () => {
    expect((await idiolect(["model", "convert", roberta])).code).toBe(2);
  });
});

describe("model import", () => {
  test("keeps a verified copy with its generator, for the writer's eyes alone, and tells how to use it.", async () => {
    const { code, out, errors } = await idiolect([
      ...["model", "import", electra, "--store", store("a"), "--name", "my-electra"],
    ]);
    const kept = join(store("a"), "models", "my-electra");
    expect(code).toBe(0);
    expect(out).toMatch(/can be used/);
    expect(errors).toMatch(new RegExp(`--model ${kept}`));
    expect(errors).toMatch(/idiolect\.modelPath/);
    expect(readdirSync(kept).sort()).toEqual([
      "config.json",
      "generator",
      "model.safetensors",
      "tokenizer.json",
    ]);
    expect(readdirSync(join(kept, "generator"))).toHaveLength(3);
    if (process.platform !== "win32") {
      expect(statSync(join(kept, "model.safetensors")).mode & 0o777).toBe(0o600);
    }
    expect((await idiolect(["model", "verify", kept])).code).toBe(0);
  });

  test("shrinks it on request.", async () => {
    const source = writeTinyModel(join(folder, "large"));
    const { code, json } = await idiolect([
      ...["model", "import", source, "--store", store("b"), "--convert", "--json"],
    ]);
    expect(code).toBe(0);
    const { name, path, conversion } = json() as Record<string, unknown>;
    expect({ name, path }).toEqual({ name: "large", path: join(store("b"), "models", "large") });
    expect(conversion).toMatchObject({ lossDifference: expect.any(Number) });
  });

  test.each(["../out", "..", ".hidden", "a/b", "a\\b", "x".repeat(65), "con\u0000", "trailing."])(
    "refuses the name %j.",
    async (name) => {
      const { code, errors } = await idiolect([
        ...["model", "import", roberta, "--store", store("c"), "--name", name],
      ]);
      expect(code).toBe(1);
      expect(errors).toMatch(/A model cannot be named .*letters, digits/);
      expect(existsSync(store("c"))).toBe(false);
    },
  );

  test("leaves nothing behind of a model that it refuses.", async () => {
    const path = join(folder, "linked");
    cpSync(roberta, path, { recursive: true });
    rmSync(join(path, "tokenizer.json"));
    symlinkSync("/etc/hostname", join(path, "tokenizer.json"));
    const { code, errors } = await idiolect(["model", "import", path, "--store", store("d")]);
    expect(code).toBe(1);
    expect(errors).toMatch(/link to a file outside of the directory/);
    expect(existsSync(store("d"))).toBe(false);
  });

  test("does not follow a link beside the model's files.", async () => {
    const path = join(folder, "with-link");
    cpSync(roberta, path, { recursive: true });
    symlinkSync("/etc/hostname", join(path, "LICENSE"));
    expect((await idiolect(["model", "import", path, "--store", store("e")])).code).toBe(0);
    expect(readdirSync(join(store("e"), "models", "with-link"))).not.toContain("LICENSE");
  });
});
