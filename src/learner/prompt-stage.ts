import type { CurvePoint, IntermediateData } from "../learning/intermediate-learning.ts";
import { createRandom } from "../learning/random.ts";
import { compareMaskedLm } from "../profile/compare-masked-lm.ts";
import type { DriftBaseline, DriftReport } from "../profile/drift.ts";
import { checkDrift, countTagUses, passagesToCheck } from "../profile/drift-check.ts";
import { type Gate, maskingGate } from "../profile/gate.ts";
import type { MaskingDifferences } from "../profile/learning-signs.ts";
import { lossBand } from "../profile/loss-band.ts";
import type { GeneralReader, LearnedPrompts } from "../profile/profile.ts";
import { echoStrengths, measureEcho } from "../profile/prompt-divergence.ts";
import type { EchoReport, MaskingReport, ProfileReport, ReplayReport } from "../profile/report.ts";
import { realTextPrompts } from "../prompts/shared-prompts.ts";
import { decodePrompts, encodePrompts, personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import { ModelNotFiniteError } from "./errors.ts";
import { type LearningContext, type RunClock, tellProgress } from "./learning-context.ts";
import type { LearningCorpus, PreparedDocument } from "./learning-corpus.ts";
import { countTokens, learnMasking, maskingWork } from "./masking-stage.ts";
import type { FormerVersion, PromptPlan } from "./prompt-plan.ts";

/** Prompts as they are kept and used, with all that was measured of them. */
export interface LearnedWriterPrompts {
  readonly prompts: LearnedPrompts;
  /** shared + delta as they are kept, in 16 bits. */
  readonly own: SoftPrompts;
  readonly gate: Gate;
  readonly masking: MaskingReport | undefined;
  readonly curve: readonly CurvePoint[];
  readonly learned: Pick<
    ProfileReport["learned"],
    "trainPassages" | "heldOutPassages" | "steps" | "paddingShare"
  >;
  readonly baseline: DriftBaseline;
  readonly drift?: DriftReport;
  readonly replay?: ReplayReport;
  readonly echo?: EchoReport;
  /** Evidence for signs that something went wrong. */
  readonly brokenStep?: number;
  readonly differences?: MaskingDifferences;
}

export interface PromptStage {
  readonly reader: GeneralReader;
  readonly corpus: LearningCorpus;
  readonly plan: PromptPlan;
  readonly runId: string;
  readonly clock: RunClock;
}

type TrainingPlan = Extract<PromptPlan, { kind: "anew" | "onwards" }>;

/** Passages whose personal and general guesses are compared. */
const echoPassages = 48;
/** Two encoders for each strength. */
const echoPasses = 2 * echoStrengths.length;
/** Share of the learning rate: what was learned before is to be moved, not left. */
const onwardsRateShare = 0.5;
const tooFewDocuments: Gate = {
  open: false,
  reason: "too few documents to hold any out: learn at least ten",
};

/** Learns the writer's prompts as planned and measures them; undefined where there are none to learn. */
export async function learnPrompts(
  context: LearningContext,
  stage: PromptStage,
): Promise<LearnedWriterPrompts | undefined> {
  const { plan } = stage;
  switch (plan.kind) {
    case "none":
      return undefined;
    case "asBefore":
      return asBefore(plan.former, await driftOf(context, plan));
    case "anew":
      return train(context, stage, plan, stage.reader.prompts ?? (await startingPrompts(context, plan.data)));
    case "onwards": {
      const drift = await driftOf(context, plan);
      const learned = await train(context, stage, plan, plan.former.prompts.shared);
      return { ...learned, drift };
    }
    default:
      return plan satisfies never;
  }
}

/** Work in tokens passed forward. */
export function promptWork(plan: PromptPlan, options: Parameters<typeof maskingWork>[1]): number {
  switch (plan.kind) {
    case "none":
      return 0;
    case "asBefore":
      return driftWork(plan);
    case "anew":
      return maskingWork(plan.data, options) + measuringWork(plan);
    case "onwards":
      return driftWork(plan) + maskingWork(plan.data, options) + measuringWork(plan);
    default:
      return plan satisfies never;
  }
}

async function train(
  context: LearningContext,
  stage: PromptStage,
  plan: TrainingPlan,
  shared: SoftPrompts,
): Promise<LearnedWriterPrompts> {
  const { data } = plan;
  const former = plan.kind === "onwards" ? plan.former : undefined;
  const { peakRate } = context.job.options;
  const onwards = former && { start: former.prompts.delta, peakRate: onwardsRateShare * peakRate };
  const { runId, clock } = stage;
  const { result, brokenStep } = await learnMasking(context, { runId, clock, shared, data, ...onwards });
  tellProgress(context, "measuring");
  const measured = await measure(context, plan, shared, result.delta);
  context.meter.add(measuringWork(plan));
  const { delta, own, gate, masking, differences, replay } = measured;
  const band = measured.gate.open ? measured.band : undefined;
  const echo = await echoOf(context, data, asKept(shared), delta);
  return {
    prompts: { shared, delta, learned: plan.learned },
    own,
    gate,
    masking,
    curve: result.curve.map(finitePoint),
    learned: {
      trainPassages: data.train.length,
      heldOutPassages: data.heldOut.length,
      steps: result.steps,
      paddingShare: result.paddingShare,
    },
    baseline: { ...(band === undefined ? {} : { band }), tags: newestTagUses(stage.corpus) },
    ...(replay === undefined ? {} : { replay }),
    ...(echo === undefined ? {} : { echo }),
    ...(brokenStep === undefined ? {} : { brokenStep }),
    ...(differences === undefined ? {} : { differences }),
  };
}

/** Compares no prompt, the shared ones, the former version's and the new ones on the same held-out words. */
async function measure(
  context: LearningContext,
  plan: TrainingPlan,
  shared: SoftPrompts,
  trained: SoftPrompts,
) {
  const { model, job, breathe, pace } = context;
  const base = asKept(shared);
  const former = plan.kind === "onwards" ? plan.former.prompts.delta : asKept(trained);
  const prompts = {
    none: undefined,
    // Rounded as own ones are, so that a part of zeros makes no difference.
    shared: base,
    former: personalPrompts(base, former),
    trained: personalPrompts(base, asKept(trained)),
  };
  const { former: _, ...withoutFormer } = prompts;
  const compared = await compareMaskedLm<keyof typeof prompts>(
    model,
    plan.data.heldOut,
    (plan.kind === "onwards" ? prompts : withoutFormer) as typeof prompts,
    { threads: job.options.threads, tokensPerRun: pace.tokensPerRun, breathe },
  );
  if (compared === undefined) {
    const delta = asKept(trained);
    return { delta, own: prompts.trained, gate: tooFewDocuments, masking: undefined };
  }
  if (!Object.values(compared.figures).every(({ loss }) => Number.isFinite(loss))) {
    // The prompts are finite: those of the best epoch are kept.
    throw new ModelNotFiniteError(job.modelPath, job.cachePath);
  }
  const replay = plan.kind === "onwards" ? judgeReplay(plan, compared.difference) : undefined;
  const kept = replay?.kept === "former" ? "former" : "trained";
  const { documents, masked, figures } = compared;
  const difference = compared.difference(kept, "shared");
  return {
    delta: kept === "former" ? former : asKept(trained),
    own: prompts[kept],
    gate: maskingGate({ documents, difference }),
    masking: {
      documents,
      masked,
      none: figures.none,
      shared: figures.shared,
      own: figures[kept],
      difference,
    },
    differences: {
      toShared: difference,
      toBase: compared.difference(kept, "none"),
      change: compared.change(kept, "shared"),
    },
    band: lossBand(compared.scores(kept)),
    replay,
  };
}

/** Keeps the better of the former and the new prompts; text from before and new text count alike. */
function judgeReplay(
  { former, newPassages, replayedPassages, newlyHeldOut }: Extract<PromptPlan, { kind: "onwards" }>,
  difference: (
    first: "trained",
    second: "former",
    which: (document: string) => boolean,
  ) => NonNullable<ReplayReport["onNewText"]>,
): ReplayReport {
  const onFormerText = difference("trained", "former", (document) => !newlyHeldOut.has(document));
  const onNewText =
    newlyHeldOut.size === 0
      ? undefined
      : difference("trained", "former", (document) => newlyHeldOut.has(document));
  const change = onFormerText.mean + (onNewText?.mean ?? 0);
  return {
    from: former.id,
    newPassages,
    replayedPassages,
    kept: change < 0 ? "new" : "former",
    onFormerText,
    ...(onNewText === undefined ? {} : { onNewText }),
  };
}

/** The former prompts with what was measured of them, and how what is new fits them. */
function asBefore({ prompts, report }: FormerVersion, drift: DriftReport): LearnedWriterPrompts {
  const { curves, gate, heldOut, learned, driftBaseline, echo, replay } = report;
  const { trainPassages, heldOutPassages, paddingShare } = learned;
  return {
    prompts,
    own: personalPrompts(prompts.shared, prompts.delta),
    gate: gate.masking,
    masking: heldOut.masking,
    curve: curves.masking as readonly CurvePoint[],
    learned: { trainPassages, heldOutPassages, steps: 0, paddingShare },
    baseline: driftBaseline ?? { tags: { uses: 0, unknown: 0 } },
    drift,
    ...(echo === undefined ? {} : { echo }),
    ...(replay === undefined ? {} : { replay }),
  };
}

async function driftOf(
  context: LearningContext,
  plan: Extract<PromptPlan, { kind: "asBefore" | "onwards" }>,
): Promise<DriftReport> {
  const { former, known, fresh } = plan;
  const { model, job, pace, breathe } = context;
  const { shared, delta } = former.prompts;
  const report = await checkDrift(
    {
      model,
      baseline: former.report.driftBaseline ?? { tags: { uses: 0, unknown: 0 } },
      prompts: personalPrompts(shared, delta),
      known: known.map(tagsOf),
      fresh: fresh.map(asChecked),
      threads: job.options.threads,
    },
    { tokensPerRun: pace.tokensPerRun, breathe },
  );
  context.meter.add(driftWork(plan));
  return report;
}

/** New tags among those of the newest tenth of the documents. */
function newestTagUses({ documents }: LearningCorpus): DriftBaseline["tags"] {
  const cut = documents.length - Math.round(documents.length / 10);
  return countTagUses(documents.slice(0, cut).map(tagsOf), documents.slice(cut).map(tagsOf));
}

async function echoOf(
  { model, job, pace, breathe }: LearningContext,
  { heldOut }: IntermediateData,
  shared: SoftPrompts,
  delta: SoftPrompts,
): Promise<EchoReport | undefined> {
  const passages = echoSample(heldOut);
  if (passages.length === 0) return undefined;
  const request = { model, passages, shared, delta, threads: job.options.threads };
  return measureEcho(request, { tokensPerRun: Math.min(512, pace.tokensPerRun), breathe });
}

const echoSample = (heldOut: IntermediateData["heldOut"]): IntermediateData["heldOut"] =>
  heldOut.slice(-echoPassages);

const measuringWork = ({ data, kind }: TrainingPlan): number =>
  (kind === "onwards" ? 4 : 3) * countTokens(data.heldOut) +
  echoPasses * countTokens(echoSample(data.heldOut));

const driftWork = ({ former, fresh }: Extract<PromptPlan, { kind: "asBefore" | "onwards" }>): number =>
  former.report.driftBaseline?.band === undefined ? 0 : countTokens(passagesToCheck(fresh.map(asChecked)));

const tagsOf = ({ document }: PreparedDocument) => ({ tags: document.tags });
const asChecked = ({ document, passages }: PreparedDocument) => ({
  path: document.path,
  passages,
  tags: document.tags,
});

/** Where the model ships without shared prompts, the writer's own start from its activations on the writer's text. */
function startingPrompts({ model, job }: LearningContext, { train }: IntermediateData): Promise<SoftPrompts> {
  const texts = createRandom(job.options.seed)
    .fork("start")
    .shuffle([...train])
    .slice(0, 64);
  return realTextPrompts(model, texts, job.options.promptLength);
}

const asKept = (prompts: SoftPrompts): SoftPrompts => decodePrompts(encodePrompts(prompts));

/** A loss that is no number is told as a sign; JSON has no word for it. */
function finitePoint({ trainLoss, heldOut, ...point }: CurvePoint): CurvePoint {
  return {
    ...point,
    ...(trainLoss !== undefined && Number.isFinite(trainLoss) ? { trainLoss } : {}),
    ...(heldOut !== undefined && Number.isFinite(heldOut.loss) ? { heldOut } : {}),
  };
}
