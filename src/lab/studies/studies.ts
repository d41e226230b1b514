import { baselineStudy } from "./baseline-study.ts";
import { hardPromptsStudy } from "./hard-prompts-study.ts";
import { layersStudy } from "./layers-study.ts";
import type { Study } from "./study.ts";

/** What studies may be asked to be like. */
export interface StudyOptions {
  readonly isQuick: boolean;
  /** Tokens of an input with passages. */
  readonly tokens: number;
}

/** Every study by the name that the command line takes; a new one gets its line here. */
export const studies: Readonly<Record<string, (options: StudyOptions) => Study>> = {
  baseline: () => baselineStudy,
  layers: ({ isQuick }) => layersStudy(isQuick),
  "hard-prompts": ({ tokens }) => hardPromptsStudy(tokens),
};
