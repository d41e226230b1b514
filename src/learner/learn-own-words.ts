import { sum } from "../numbers/mean.ts";
import type { GeneralReader } from "../profile/profile.ts";
import { type OwnWordsReport, reportShape } from "../profile/report.ts";
import { learnedPromptsOf } from "../profile/versions.ts";
import {
  findOwnWords,
  type OwnWords,
  readingsOfOwnWords,
  sentencesOfOwnWords,
} from "../profile/watching/own-words.ts";
import { ownWordsMaterial } from "../profile/watching/own-words-material.ts";
import { asJson } from "../store/database/columns.ts";
import type { ProfileVersion } from "../store/repositories/profile-versions.ts";
import type { ReadableCorpus } from "./corpus/readable-corpus.ts";
import { type LearningContext, tellProgress } from "./learning-context.ts";
import { countTokens } from "./prompts/learn-masking.ts";
import type { PromptPlan } from "./prompts/prompt-plan.ts";

type OwnWordsContext = Pick<
  LearningContext,
  "store" | "writer" | "job" | "lease" | "meter" | "emit" | "breathe" | "pace"
>;

/**
 * Looks for words that the writer uses in a way of their own, once for each version in use whose prompts help, and keeps
 * them with it. Readings need not wait for it: the version is published before, and what is cut short here is done
 * when somebody learns again.
 */
export async function learnOwnWords(context: OwnWordsContext, reader: GeneralReader): Promise<void> {
  const { store, writer, job, lease, meter, emit, breathe, pace } = context;
  const active = store.profileVersions.active(writer.id);
  const isPossible = active !== undefined && active.baseModelId === reader.id && isWanting(active);
  const prompts = isPossible ? learnedPromptsOf(store, active) : undefined;
  if (!isPossible || prompts === undefined) {
    if (meter.left === 0) return;
    meter.finish();
    tellProgress(context, "tone");
    return;
  }
  // Nobody has planned it where nothing else was to be learned.
  if (meter.left === 0) meter.plan(1);
  const work = meter.left;
  tellProgress(context, "words");
  let told = 0;
  const found = await findOwnWords({
    reader,
    ...ownWordsMaterial(store, reader, writer, prompts),
    seed: job.options.seed,
    options: {
      threads: job.options.threads,
      breathe,
      get tokensPerRun() {
        return pace.tokensPerRun;
      },
    },
    onProgress: (share) => {
      meter.add((share - told) * work);
      told = share;
      tellProgress(context, "words");
    },
  });
  meter.finish();
  tellProgress(context, "words");
  store.inTransaction(() => {
    lease.confirm();
    // Lessons may have revised it meanwhile, and it may be gone.
    const version = store.profileVersions.list(writer.id).find(({ id }) => id === active.id);
    if (version === undefined) return;
    const report = { ...reportShape.parse(version.report), ownWords: reported(found) };
    store.profileVersions.revise(version.id, asJson(report));
  });
  if (found.words.length > 0) emit({ kind: "published", profile: active.id, isEarly: false });
}

/** Whether own words of a version can be told and were not looked for. */
function isWanting({ report }: ProfileVersion): boolean {
  const { gate, ownWords } = reportShape.parse(report);
  return gate.masking.open && ownWords === undefined;
}

const reported = ({ measured, words }: OwnWords): OwnWordsReport => ({
  measured,
  words: words.map(({ word, uses, documents, excess }) => ({ word, uses, documents, excess: { ...excess } })),
});

/** About how much work it is, in tokens passed forward; none where the prompts stay as they were. */
export function ownWordsWork({ documents }: ReadableCorpus, { kind }: PromptPlan): number {
  if (kind === "none" || kind === "asBefore") return 0;
  const sentences = sum(documents.map((document) => document.sentences.length));
  const tokens = countTokens(documents.flatMap(({ passages }) => passages));
  const share = sentences === 0 ? 0 : Math.min(1, sentencesOfOwnWords / sentences);
  return readingsOfOwnWords(false) * share * tokens;
}
