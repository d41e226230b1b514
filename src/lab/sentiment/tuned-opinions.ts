import type { HeadOptions } from "../../learning/classifier-head.ts";
import type { Numbers } from "../../prompts/tuning.ts";
import type { TuningWay } from "../tunings/tuning-words.ts";
import type { OpinionReader, ReadWriter } from "./read-writers.ts";

/** Another way of tuning than the product's, and how it is learned and read. */
export interface TunedOpinions {
  readonly way: TuningWay;
  readonly writerDropout: number;
  readonly strength: number;
  readonly products: "rounded" | "full";
  /** What reads the tone. Writers share it: it is the general model's, or a softmax learned on other writers. */
  readonly head: HeadOptions["kind"];
  /** Masked words of the same texts are learned along, with this weight (joint learning); not if 0. */
  readonly maskedLmWeight: number;
  /** Whether all writers learn in one run, or one after the other. */
  readonly together: boolean;
}

/** How prompts, or what is tuned in their place, are tuned. */
export interface PromptRecipe {
  /** Highest rate of prompts. Others' are higher or lower than usual by as much as this one is. */
  readonly rate: number;
  readonly epochs: number;
  /** Pull of the delta towards the shared prompts. */
  readonly l2: number;
}

export interface PromptRequest {
  readonly reader: OpinionReader;
  readonly writers: readonly ReadWriter[];
  readonly recipe: PromptRecipe;
  readonly seed: number;
  readonly threads: number;
  /** Whether texts are read with the next writer's prompts, too. */
  readonly control: boolean;
  /** What is tuned; the product's prompts if absent. */
  readonly tuned?: TunedOpinions;
  /** Values of the head where it is none of the model's; see softmax-head.ts. */
  readonly head?: Numbers;
}
