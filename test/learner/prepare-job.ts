import { join } from "node:path";
import type { LearningJob, LearningOptions } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { smallJob } from "./job.ts";
import { writeSmallBlog } from "./small-blog.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { writeTinyModel } from "./tiny-model.ts";

/** A small blog, a tiny model and a job to learn the one with the other, in a folder that goes with the test. */
export function prepareJob(
  options: Partial<LearningOptions> = {},
  folder: string = temporaryFolder(),
): LearningJob {
  const paths = {
    folders: [writeSmallBlog(join(folder, "blog"))],
    storePath: join(folder, "store"),
    modelPath: writeTinyModel(join(folder, "model")),
    cachePath: join(folder, "cache"),
  };
  return smallJob(paths, { epochs: 2, maximumPassages: 60, ...options });
}

export function unfinishedRun({ storePath, writer }: LearningJob) {
  using store = openStore(storePath);
  return store.learningRuns.unfinished(store.writers.named(writer)!.id);
}
