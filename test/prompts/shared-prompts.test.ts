import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/learning/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { PromptShapeError } from "../../src/prompts/errors.ts";
import { loadSharedPrompts, realTextPrompts, saveSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { openTinyModel, patternPassage, tinyBertPath } from "../plm/tiny-model.ts";

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
    expect(() => loadSharedPrompts(model)).toThrow(PromptShapeError);
  });
});
