import { type PromptPlace, type PromptTuningOptions, promptTuningAt } from "../../prompts/prompt-tuning.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { Tuning } from "../../prompts/tuning.ts";

/**
 * Single-layer soft prompts (Lester, Al-Rfou and Constant 2021, arXiv 2104.08691): p vectors stand before
 * the embedded tokens and go through all layers. `shared` has one layer. Values: `inputPrompt` the delta,
 * `shared.0` the shared ones, [p, d] each.
 */
export function inputPromptTuning(options: PromptTuningOptions): Tuning {
  return promptTuningAt(beforeTheText(options.shared), options);
}

/** A place before the text. */
export function beforeTheText({ length }: SoftPrompts): PromptPlace {
  return {
    method: `prompts before the text, ${length} in all`,
    names: ["inputPrompt"],
    additions: ([inputPrompt]) => ({ inputPrompt: inputPrompt! }),
  };
}
