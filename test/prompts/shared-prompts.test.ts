import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NotFiniteError } from "../../src/graph/errors.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { importModel } from "../../src/plm/foreign/copy-model.ts";
import { verifyModel } from "../../src/plm/foreign/verify-model.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { loadSharedPrompts, realTextPrompts, saveSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { openTinyModel, patternPassage, tinyBertPath } from "../plm/tiny-model.ts";

/** A tiny model with prompts of ones, but for what `change` does to them. */
function promptedModel(change: (values: Float32Array) => void) {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-prompted-"));
  cpSync(tinyBertPath, folder, { recursive: true });
  const values = new Float32Array(2 * 4 * 16).fill(1);
  change(values);
  saveSharedPrompts(folder, { layers: 2, length: 4, hiddenSize: 16, values });
  return { folder, cache: mkdtempSync(join(tmpdir(), "idiolect-cache-")) };
}

describe("shared prompts", () => {
  it("start as averages of each layer's real inputs", async () => {
    const model = await openTinyModel();
    const random = createRandom(1);
    const texts = Array.from({ length: 4 }, () => patternPassage(model, 8, random));
    const prompts = await realTextPrompts(model, texts, 3);
    expect([prompts.layers, prompts.length, prompts.hiddenSize]).toEqual([2, 3, 16]);
    expect(prompts.values.every(Number.isFinite)).toBe(true);
    // The embeddings are layer-normalised: an average of few of them keeps about their norm, never more.
    for (let row = 0; row < 3; row++) {
      const norm = Math.hypot(...prompts.values.subarray(row * 16, (row + 1) * 16));
      expect(norm).toBeGreaterThan(0.5);
      expect(norm).toBeLessThan(8);
    }
    expect(prompts.values.subarray(0, 16)).not.toEqual(prompts.values.subarray(16, 32));
  });

  it("are absent, saved, loaded, and refused for another model", async () => {
    const folder = mkdtempSync(join(tmpdir(), "idiolect-shared-"));
    cpSync(tinyBertPath, folder, { recursive: true });
    const model = await PretrainedModel.open(folder, mkdtempSync(join(tmpdir(), "idiolect-cache-")));
    expect(loadSharedPrompts(model)).toBeUndefined();
    const values = Float32Array.from({ length: 2 * 4 * 16 }, (_, at) => at);
    saveSharedPrompts(folder, { layers: 2, length: 4, hiddenSize: 16, values });
    expect(loadSharedPrompts(model)).toEqual({ layers: 2, length: 4, hiddenSize: 16, values });
    saveSharedPrompts(folder, { layers: 4, length: 2, hiddenSize: 16, values });
    expect(() => loadSharedPrompts(model)).toThrow(
      /shape is \[4, 2, 16\], and this model needs \[2, 1 to 512, 16\]/,
    );
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])(
    "that hold %s are refused when they are read and when the model is verified",
    async (bad) => {
      const { folder, cache } = promptedModel((values) => values.fill(bad, 5, 7));
      const model = await PretrainedModel.open(folder, cache);
      const message = /shared-prompts\.safetensors: it holds 2 values that are no finite numbers/;
      expect(() => loadSharedPrompts(model)).toThrow(message);
      await expect(verifyModel(folder, cache)).rejects.toThrow(message);
      await expect(importModel(folder, `${folder}-copy`, cache)).rejects.toThrow(message);
      expect(existsSync(`${folder}-copy`)).toBe(false);
    },
  );

  it("that make every reading a NaN are refused when the model is verified, and by the reading", async () => {
    const { folder, cache } = promptedModel((values) => values.fill(3e38));
    await expect(verifyModel(folder, cache)).rejects.toThrow(
      /reading a sentence with shared-prompts\.safetensors gives numbers that are not finite/,
    );
    const model = await PretrainedModel.open(folder, cache);
    const encoder = new TextEncoder(model, { threads: 1 });
    const text = { ids: Uint16Array.of(2, 7, 3) };
    await expect(encoder.read([text], loadSharedPrompts(model))).rejects.toThrow(NotFiniteError);
    await encoder.release();
  });

  it("are named among the things that were verified, and go along with an imported model", async () => {
    const { folder, cache } = promptedModel(() => undefined);
    const { checks } = await verifyModel(folder, cache);
    expect(checks).toContainEqual({ what: "prompts", detail: "4 for each of 2 layers, every number finite" });
    await importModel(folder, `${folder}-copy`, cache);
    expect(existsSync(join(`${folder}-copy`, "shared-prompts.safetensors"))).toBe(true);
  });

  it.skipIf(process.platform === "win32")("that never end, or lie elsewhere, are not opened", async () => {
    for (const target of ["pipe", "/dev/zero"]) {
      const { folder, cache } = promptedModel(() => undefined);
      const path = join(folder, "shared-prompts.safetensors");
      rmSync(path);
      if (target === "pipe") spawnSync("mkfifo", [path]);
      else symlinkSync(target, path);
      await expect(PretrainedModel.open(folder, cache)).rejects.toThrow(
        /not a regular file|link to a file outside/,
      );
    }
  });
});
