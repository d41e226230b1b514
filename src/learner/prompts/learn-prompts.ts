import type { CurvePoint, IntermediateData } from "../../learning/intermediate-learning.ts";
import { createRandom } from "../../numbers/random.ts";
import type { GeneralReader, LearnedPrompts } from "../../profile/profile.ts";
import type { ProfileReport } from "../../profile/report.ts";
import type { DriftBaseline, DriftReport } from "../../profile/watching/drift.ts";
import { checkDrift, passagesToCheck } from "../../profile/watching/drift-check.ts";
import { realTextPrompts } from "../../prompts/shared-prompts.ts";
import { personalPrompts, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { LearningCorpus, PreparedDocument } from "../corpus/learning-corpus.ts";
import { type LearningContext, type RunClock, tellProgress } from "../learning-context.ts";
import { countTokens, learnMasking, maskingWork } from "./learn-masking.ts";
import { type MeasuredPrompts, measurePrompts, measuringWork, type TrainingPlan } from "./measure-prompts.ts";
import type { FormerVersion, PromptPlan } from "./prompt-plan.ts";
import type { StrangersContext } from "./strangers-prompts.ts";

/** Prompts as they are kept and used, with all that was measured of them. */
export interface LearnedWriterPrompts extends Omit<MeasuredPrompts, "delta" | "band"> {
  readonly prompts: LearnedPrompts;
  readonly curve: readonly CurvePoint[];
  readonly learned: Pick<
    ProfileReport["learned"],
    "trainPassages" | "heldOutPassages" | "steps" | "paddingShare"
  >;
  readonly baseline: DriftBaseline;
  readonly drift?: DriftReport | undefined;
  /** The step at which training ended because its loss was no number. */
  readonly brokenStep?: number | undefined;
}

export interface PromptStage {
  readonly reader: GeneralReader;
  readonly corpus: LearningCorpus;
  readonly plan: PromptPlan;
  readonly runId: string;
  readonly clock: RunClock;
}

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
export function promptWork(context: StrangersContext, plan: PromptPlan): number {
  switch (plan.kind) {
    case "none":
      return 0;
    case "asBefore":
      return driftWork(plan);
    case "anew":
      return maskingWork(plan) + measuringWork(context, plan);
    case "onwards":
      return driftWork(plan) + maskingWork(plan) + measuringWork(context, plan);
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
  const { data, training } = plan;
  const start = plan.kind === "onwards" ? plan.former.prompts.delta : undefined;
  const { runId, clock } = stage;
  const masking = { runId, clock, shared, data, training, start };
  const { result, brokenStep } = await learnMasking(context, masking);
  tellProgress(context, "measuring");
  const { delta, band, ...measured } = await measurePrompts(context, plan, shared, result.delta);
  context.meter.add(measuringWork(context, plan));
  return {
    ...measured,
    prompts: { shared, delta, learned: plan.learned },
    curve: result.curve.map(finitePoint),
    learned: {
      trainPassages: data.train.length,
      heldOutPassages: data.heldOut.length + plan.proof.length,
      steps: result.steps,
      paddingShare: result.paddingShare,
    },
    baseline: measured.gate.open ? { band } : {},
    brokenStep,
  };
}

/** The former prompts with what was measured of them, and how what is new fits them. */
function asBefore({ prompts, report }: FormerVersion, drift: DriftReport): LearnedWriterPrompts {
  const { curves, gate, heldOut, learned, driftBaseline, echo } = report;
  const { trainPassages, heldOutPassages, paddingShare } = learned;
  return {
    prompts,
    own: personalPrompts(prompts.shared, prompts.delta),
    gate: gate.masking,
    masking: heldOut.masking,
    curve: curves.masking as readonly CurvePoint[],
    learned: { trainPassages, heldOutPassages, steps: 0, paddingShare },
    baseline: driftBaseline ?? {},
    drift,
    echo,
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
      baseline: former.report.driftBaseline ?? {},
      shared,
      own: personalPrompts(shared, delta),
      known: known.map(tagsOf),
      fresh: fresh.map(asChecked),
      threads: job.options.threads,
    },
    { tokensPerRun: pace.tokensPerRun, breathe },
  );
  context.meter.add(driftWork(plan));
  return report;
}

const driftWork = ({ former, fresh }: Extract<PromptPlan, { kind: "asBefore" | "onwards" }>): number =>
  former.report.driftBaseline?.band === undefined
    ? 0
    : 2 * countTokens(passagesToCheck(fresh.map(asChecked)));

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

/** A loss that is no number is told as a sign; JSON has no word for it. */
function finitePoint({ trainLoss, heldOut, ...point }: CurvePoint): CurvePoint {
  return {
    ...point,
    ...(trainLoss !== undefined && Number.isFinite(trainLoss) ? { trainLoss } : {}),
    ...(heldOut !== undefined && Number.isFinite(heldOut.loss) ? { heldOut } : {}),
  };
}
