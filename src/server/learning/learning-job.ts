import type { CorpusSettings, LearningJob } from "../../protocol/learner.ts";
import type { ServerSettings } from "../../protocol/settings.ts";
import { learningOptions } from "../../session/learning-options.ts";
import type { Places } from "../../session/places.ts";

/** The command line's, so that a run that was begun there goes on here. */
const seed = 1;

export interface LearningWish {
  readonly writer: string;
  readonly folders: readonly string[];
  /** Whose documents they are; absent: who was learned before, else who most of them are by. */
  readonly author?: string | undefined;
  /** Folders of the workspace that are not to be learned from, and those that may be. */
  readonly leaveOut?: readonly string[];
  readonly takeIn?: readonly string[];
}

/** What the learner is told to do. Empty globs in the settings are the corpus's own. */
export function learningJob(
  who: LearningWish,
  { storePath, modelPath, cachePath }: Places,
  { corpus, learning }: ServerSettings,
): LearningJob {
  return {
    writer: who.writer,
    folders: [...who.folders],
    corpus: corpusSettings({ corpus }),
    whose: {
      ...(who.author === undefined ? {} : { author: who.author }),
      coAuthors: learning.coAuthors,
      leaveOut: [...(who.leaveOut ?? [])],
      takeIn: [...(who.takeIn ?? [])],
    },
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
