import { availableParallelism } from "node:os";
import { intermediateDefaults } from "../learning/intermediate-learning.ts";
import { defaultPromptLength } from "../prompts/soft-prompts.ts";
import type { LearningOptions } from "../protocol/learner.ts";

/** More passages than these make learning longer, hardly better. */
export const maximumPassages = 1_600;
const checkpointMs = 20_000;
/** More threads than these gain little on passages of 128 tokens. */
const mostThreads = 4;

export function threadCount(): number {
  return Math.min(mostThreads, availableParallelism());
}

/** How a writer is learned, whoever asks for it. */
export function learningOptions(
  chosen: Pick<LearningOptions, "seed" | "cpuPercent" | "onBattery" | "schedule" | "voice">,
): LearningOptions {
  const { epochs, minimumSteps, peakRate, tokensPerStep, tokensPerRun } = intermediateDefaults;
  return {
    ...chosen,
    threads: threadCount(),
    tokensPerRun,
    maximumPassages,
    epochs,
    minimumSteps,
    peakRate,
    tokensPerStep,
    promptLength: defaultPromptLength,
    checkpointMs,
  };
}
