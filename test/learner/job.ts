import type { LearningJob, LearningOptions } from "../../src/protocol/learner.ts";

/** A job for the tiny model that is done in seconds: about 40 steps on the sample blog. */
export function smallJob(
  paths: Pick<LearningJob, "folders" | "storePath" | "modelPath" | "cachePath">,
  options: Partial<LearningOptions> = {},
): LearningJob {
  return {
    ...paths,
    writer: "Anna",
    options: {
      seed: 1,
      threads: 1,
      cpuPercent: 100,
      tokensPerRun: 256,
      maximumPassages: 100,
      epochs: 4,
      minimumSteps: 0,
      peakRate: 2e-2,
      tokensPerStep: 512,
      promptLength: 4,
      checkpointMs: 0,
      ...options,
    },
  };
}
