import { learningOptions } from "../learner/learning-defaults.ts";
import type { CorpusSettings, LearningJob } from "../protocol/learner-messages.ts";
import type { ServerSettings } from "../protocol/settings.ts";
import type { ServerPlaces } from "./context.ts";

/** The command line's, so that a run that was begun there goes on here. */
const seed = 1;

/** What the learner is told to do. Empty globs in the settings are the corpus's own. */
export function learningJob(
  who: { readonly writer: string; readonly folders: readonly string[] },
  { storePath, modelPath, cachePath }: ServerPlaces,
  { corpus, learning }: ServerSettings,
): LearningJob {
  return {
    writer: who.writer,
    folders: [...who.folders],
    corpus: corpusSettings({ corpus }),
    storePath,
    modelPath,
    cachePath,
    options: learningOptions({ seed, cpuPercent: learning.cpuPercent }),
  };
}

export const corpusSettings = ({ corpus }: Pick<ServerSettings, "corpus">): CorpusSettings => ({
  ...(corpus.include.length > 0 ? { include: [...corpus.include] } : {}),
  ...(corpus.exclude.length > 0 ? { exclude: [...corpus.exclude] } : {}),
  by: "editor",
  maximumFileBytes: Math.round(corpus.maximumFileSize * 1e6),
});
