import { cutSentence } from "../../learning/cut-document.ts";
import { isSure, type MeanGain } from "../../numbers/gate.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { type LabelledSentences, readUnder } from "../../readings/tone/labelled-sentences.ts";
import type { ToneReaders } from "../../readings/tone/sentence-reader.ts";
import {
  fewestTuned,
  isShort,
  TonePromptTuner,
  tonePromptEpochs,
  tryTonePrompts,
  tuningLabels,
} from "../../readings/tone/tone-prompts.ts";
import { isWithoutText } from "../../store/corrections/correction.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { knownShare } from "../../tone/proof/held-out-tone.ts";
import type { LearningCorpus } from "../corpus/learning-corpus.ts";
import { type LearningContext, tellProgress } from "../learning-context.ts";
import { plannedCorrections } from "../learning-plan.ts";
import { countTokens, passesPerTrainingToken } from "../prompts/learn-masking.ts";
import { labelledDocuments } from "./labels.ts";

const passesPerToken = passesPerTrainingToken * tonePromptEpochs;

export interface TonePromptStage {
  readonly labels: readonly LabelledSentences[];
  /** Of the general reading, which the writer's start from. */
  readonly shared: SoftPrompts;
  readonly readers: Pick<ToneReaders, "model" | "encoder" | "breathe">;
  readonly scale: OrdinalScale;
}

export interface TonePromptLesson {
  /** Error that prompts tuned on earlier labels took away on the later ones (see prompt-gain.ts). */
  readonly gain: MeanGain;
  /** Absent where they did not prove themselves. */
  readonly proven?: {
    /** Tuned on all labels. */
    readonly prompts: SoftPrompts;
    /** All labels, read under them. */
    readonly labels: readonly LabelledSentences[];
  };
}

/**
 * Tunes prompts for tone twice: on the earlier labels, for the proof on the later ones, and where that succeeds on all of
 * them, for use. They are used where they take away error for sure, by an interval that holds with few documents. Undefined
 * where there are too few labels to tune on.
 *
 * It has no checkpoint: with as many labels as count it takes about two minutes, and a run that was ended in them tunes
 * again.
 */
export async function learnTonePrompts(
  context: LearningContext,
  { labels, shared, readers, scale }: TonePromptStage,
): Promise<TonePromptLesson | undefined> {
  const tuner = tunerFor(context, shared, scale);
  try {
    const tuneOn = (given: readonly LabelledSentences[]) => tune(context, tuner, given);
    const gain = await tryTonePrompts(labels, tuneOn, readers, scale);
    if (gain === undefined) return undefined;
    if (!isSure(gain)) return { gain };
    const prompts = await tuneOn(labels);
    return { gain, proven: { prompts, labels: await readUnder(prompts, labels, readers, scale) } };
  } finally {
    await tuner.release();
  }
}

/** Work that `learnTonePrompts` counts where it tunes twice, in tokens passed forward; reading again is not in it. */
export function tonePromptWork(context: LearningContext, corpus: LearningCorpus): number {
  const { store, writer, plan, model } = context;
  if (!model.directory.heads.sentiment) return 0;
  const documents = labelledDocuments(context, corpus).filter(({ sentences }) => isShort(sentences));
  const corrections = plannedCorrections(plan, store, writer.id).flatMap(({ lesson }) =>
    lesson.kind === "tone" && !isWithoutText(lesson) ? [cutSentence(model, lesson.sentence)] : [],
  );
  if (knownShare * (documents.length + corrections.length) < fewestTuned) return 0;
  const tokens = countTokens([...documents.flatMap(({ passages }) => passages), ...corrections.flat()]);
  return (1 + knownShare) * passesPerToken * tokens;
}

function tunerFor({ model, job, pace }: LearningContext, shared: SoftPrompts, scale: OrdinalScale) {
  const { threads, seed } = job.options;
  return new TonePromptTuner({
    model,
    shared,
    scale,
    threads,
    seed,
    get tokensPerRun() {
      return pace.tokensPerRun;
    },
  });
}

/** Tunes, and counts the work while it is done. */
async function tune(
  context: LearningContext,
  tuner: TonePromptTuner,
  labels: readonly LabelledSentences[],
): Promise<SoftPrompts> {
  const work = tuningWork(context, labels);
  let counted = 0;
  return tuner.tune(labels, async (fraction) => {
    context.meter.add((fraction - counted) * work);
    counted = fraction;
    tellProgress(context, "tone");
    await context.breathe();
  });
}

function tuningWork({ model }: LearningContext, labels: readonly LabelledSentences[]): number {
  const texts = tuningLabels(labels).flatMap(({ sentences }) => sentences.map(({ text }) => text));
  return passesPerToken * countTokens(texts.flatMap((text) => cutSentence(model, text)));
}
