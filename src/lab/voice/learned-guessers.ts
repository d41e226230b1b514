import type { Surroundings } from "../../cli/surroundings.ts";
import { MaskedLmMeasure, type MaskedLmScore } from "../../learning/masked-lm-measure.ts";
import type { Passage } from "../../learning/passages.ts";
import { createRandom } from "../../numbers/random.ts";
import { comparisonSeed } from "../../profile/compare-masked-lm.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { promptTuning } from "../../prompts/prompt-tuning.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { threadCount } from "../../session/learning-options.ts";
import type { EvaluatedDocument } from "../evaluation/evaluated-document.ts";
import { fitPrompts, startingPrompts, startTexts } from "../evaluation/fit-prompts.ts";
import type { TuningChoice } from "../evaluation/tuning-options.ts";
import { learnTuned } from "../mlm/learn-tuned.ts";
import { openWordsTask } from "../mlm/words-task.ts";
import { tuningSize } from "../tunings/tuning-size.ts";
import { makeTuning } from "../tunings/tuning-words.ts";

/** Writers as the language model has learned them; `release` it. */
export interface LearnedGuessers {
  /** Passages with hidden words, read with what was learned of a writer; in general where none is named. */
  readonly read: (
    passages: readonly Passage[],
    writer: string | undefined,
  ) => Promise<readonly MaskedLmScore[]>;
  readonly method: string;
  readonly bytesPerWriter: number;
  readonly release: () => Promise<void>;
}

export interface GuessersRequest {
  /** As the product learns, if absent. */
  readonly choice?: TuningChoice | undefined;
  /** What each writer is learned from, oldest first. */
  readonly writers: Readonly<Record<string, readonly EvaluatedDocument[]>>;
  /** Most passages that each writer is learned from. */
  readonly passages: number;
  readonly seed: number;
}

export async function learnGuessers(
  reader: GeneralReader,
  { choice, ...request }: GuessersRequest,
  surroundings: Surroundings,
): Promise<LearnedGuessers> {
  if (choice === undefined) return learnPrompts(reader, request, surroundings);
  return learnOtherwise(reader, { ...request, choice }, surroundings);
}

async function learnPrompts(
  reader: GeneralReader,
  { writers, passages: maximumPassages, seed }: Omit<GuessersRequest, "choice">,
  surroundings: Surroundings,
): Promise<LearnedGuessers> {
  const shared = await startingPrompts(reader, Object.values(writers).flat());
  const learned = new Map<string, SoftPrompts>();
  for (const [name, documents] of Object.entries(writers)) {
    const fit = { reader, shared, documents, seed, maximumPassages, title: `${name} prompts` };
    learned.set(name, await fitPrompts(fit, surroundings));
    surroundings.note(`${name} is learned`);
  }
  const measure = new MaskedLmMeasure(reader.model, threadCount());
  const tuning = promptTuning({ shared });
  return {
    read: (passages, writer) =>
      measure.scores(passages, writer === undefined ? shared : learned.get(writer), comparisonSeed),
    method: tuning.method,
    bytesPerWriter: tuningSize(tuning).bytesPerWriter,
    release: () => measure.release(),
  };
}

async function learnOtherwise(
  { id, model, prompts: shared }: GeneralReader,
  { choice, writers, passages, seed }: GuessersRequest & { readonly choice: TuningChoice },
  surroundings: Surroundings,
): Promise<LearnedGuessers> {
  const task = await openWordsTask(model, "masked-words", undefined);
  const { head, bias, marginals } = task;
  const way = await makeTuning(choice.way, {
    model,
    random: createRandom(seed).fork("tuning"),
    texts: startTexts(Object.values(writers).flat()),
    shared,
    head,
    bias,
    ...(marginals && { marginals: marginals.tuning }),
  });
  const request = { id, task, choice, tuning: way, values: {}, passages, seed };
  const learned = await learnTuned(writers, request, surroundings);
  const measure = task.measure(way.afterTraining?.tuning ?? way);
  return {
    read: (texts, writer) =>
      measure.scores(
        texts,
        writer === undefined
          ? { values: {}, strength: 0 }
          : { values: learned[writer]!, strength: choice.strength },
      ),
    method: way.method,
    bytesPerWriter: tuningSize(way).bytesPerWriter,
    release: () => measure.release(),
  };
}
