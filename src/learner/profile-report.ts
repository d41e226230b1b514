import { gate } from "../numbers/gate.ts";
import type { ProfileReport } from "../profile/report.ts";
import { isAboutPrompts, type LearningSign, learningSigns } from "../profile/watching/learning-signs.ts";
import type { LearningOutcome } from "../protocol/learner.ts";
import { said } from "../said/said.ts";
import type { LearningCorpus } from "./corpus/learning-corpus.ts";
import type { TagStageResult } from "./learn-tags.ts";
import type { VoiceStageResult } from "./learn-writer-voice.ts";
import { type LearningContext, peakMemoryBytes, type RunClock } from "./learning-context.ts";
import type { LearnedWriterPrompts } from "./prompts/learn-prompts.ts";
import type { PromptPlan } from "./prompts/prompt-plan.ts";
import type { ToneStageResult } from "./tone/learn-tone.ts";

/** What a learning run has learned. */
export interface LearnedParts {
  readonly prompts: LearnedWriterPrompts | undefined;
  readonly tags: TagStageResult;
  readonly tone: ToneStageResult;
  /** Absent where no voice was to be learned. */
  readonly voice: VoiceStageResult | undefined;
}

/** The report that is kept with the version. */
export function profileReport(
  { pace }: LearningContext,
  { summary }: LearningCorpus,
  promptPlan: PromptPlan,
  { prompts, tags, tone, voice }: LearnedParts,
  clock: RunClock,
): ProfileReport {
  const masking =
    prompts?.gate ?? gate(false, promptPlan.kind === "none" ? promptPlan.why : said("nothing was learned"));
  const nothing = { trainPassages: 0, heldOutPassages: 0, steps: 0, paddingShare: 0 };
  return {
    corpus: summary,
    curves: { masking: prompts?.curve.map(({ ...point }) => point) ?? [] },
    heldOut: {
      masking: prompts?.masking,
      tags: tags.report,
      tone: tone.report,
    },
    gate: { tone: tone.gate, tags: tags.gate, masking, ...(voice && { voice: voice.gate }) },
    signs: signsOf(summary.words, pace.sparedTokensPerRun, promptPlan, prompts),
    driftBaseline: prompts?.baseline,
    drift: prompts?.drift,
    replay: prompts?.replay,
    echo: prompts?.echo,
    // Of the same prompts; new ones are looked at once they are in use.
    ownWords: promptPlan.kind === "asBefore" ? promptPlan.former.report.ownWords : undefined,
    learned: {
      ...(prompts?.learned ?? nothing),
      seconds: clock.seconds,
      peakMemoryBytes: peakMemoryBytes(),
    },
  };
}

/** What was seen in this run; of prompts that stay as they were, what was seen when they were learned. */
function signsOf(
  words: number,
  sparedTokensPerRun: number | undefined,
  promptPlan: PromptPlan,
  prompts: LearnedWriterPrompts | undefined,
): LearningSign[] {
  const { curve = [], brokenStep, differences, echo } = prompts ?? {};
  const isTrained = promptPlan.kind === "anew" || promptPlan.kind === "onwards";
  const signs = learningSigns({
    words,
    // Prompts that were good already may have nowhere to fall to; the comparison with the former ones tells.
    curve: promptPlan.kind === "anew" ? curve : [],
    brokenStep,
    sparedTokensPerRun,
    masking: differences,
    echo: isTrained && echo ? { ...echo.strengths.at(-1)!, isExceeded: echo.isExceeded } : undefined,
  });
  const former = promptPlan.kind === "asBefore" ? (promptPlan.former.report.signs ?? []) : [];
  return [...signs, ...former.filter(({ kind }) => isAboutPrompts(kind))];
}

/** What a run tells whoever asked for it. */
export function learningOutcome(
  writer: string,
  { documents, passages, words, tags }: ProfileReport["corpus"],
  { learned, gate, signs = [], drift }: ProfileReport,
  profile: string,
  skipped: boolean,
): LearningOutcome {
  const { steps, seconds, peakMemoryBytes: bytes } = learned;
  const done = skipped
    ? { steps: 0, seconds: 0, peakMemoryBytes: peakMemoryBytes(), skipped }
    : { steps, seconds, peakMemoryBytes: bytes, skipped };
  const told = drift && !skipped ? { hasDrifted: drift.hasDrifted, reason: drift.reason } : undefined;
  return { writer, documents, passages, words, tags, learned: done, gate, signs, drift: told, profile };
}
