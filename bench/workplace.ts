import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PretrainedModel } from "../src/plm/pretrained-model.ts";
import { loadSharedPrompts } from "../src/prompts/shared-prompts.ts";
import { defaultPromptLength, type SoftPrompts, zeroPrompts } from "../src/prompts/soft-prompts.ts";
import type { Settings } from "./settings.ts";

/** What every section works with: the settings, the opened model and a folder of its own. */
export interface Workplace {
  readonly settings: Settings;
  readonly model: PretrainedModel;
  /** The shared prompts, or zeros for a model without: the time does not depend on the numbers. */
  readonly prompts: SoftPrompts;
  /** Temporary; gone after the benchmark. */
  readonly folder: string;
}

/** Opens the workplace for as long as `use` needs it. */
export async function withWorkplace<T>(
  settings: Settings,
  use: (place: Workplace) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "idiolect-bench-"));
  try {
    const model = await PretrainedModel.open(settings.modelPath, join(folder, "cache"));
    const prompts = loadSharedPrompts(model) ?? zeroPrompts(model.config, defaultPromptLength);
    return await use({ settings, model, prompts, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
