import type { IntermediateData } from "../learning/intermediate-learning.ts";
import { compareMaskedLm, type MaskedLmComparison } from "../profile/compare-masked-lm.ts";
import { type Gate, maskingGate } from "../profile/gate.ts";
import type { MaskingDifferences } from "../profile/learning-signs.ts";
import { type LossBand, lossBand, subtractLosses } from "../profile/loss-band.ts";
import { echoStrengths, measureEcho } from "../profile/prompt-divergence.ts";
import type { EchoReport, MaskingReport, ReplayReport } from "../profile/report.ts";
import { decodePrompts, encodePrompts, personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import type { LearningContext } from "./learning-context.ts";
import { countTokens } from "./masking-stage.ts";
import type { PromptPlan } from "./prompt-plan.ts";

/** A plan by which something is trained. */
export type TrainingPlan = Extract<PromptPlan, { kind: "anew" | "onwards" }>;

/** The prompts that are kept, with what was measured of them on held-out text. */
export interface MeasuredPrompts {
  readonly delta: SoftPrompts;
  /** shared + delta as they are kept, in 16 bits. */
  readonly own: SoftPrompts;
  readonly gate: Gate;
  readonly masking?: MaskingReport;
  readonly differences?: MaskingDifferences;
  /** Of own − shared losses. */
  readonly band?: LossBand;
  readonly replay?: ReplayReport;
  readonly echo?: EchoReport;
}

/** Passages whose personal and general guesses are compared. */
const echoPassages = 48;
/** Two encoders for each strength. */
const echoPasses = 2 * echoStrengths.length;
const tooFewDocuments: Gate = {
  open: false,
  reason: "too few documents to hold any out: learn at least ten",
};

/** Measures trained prompts on held-out text, and keeps those of the former version where they are better. */
export async function measurePrompts(
  context: LearningContext,
  plan: TrainingPlan,
  shared: SoftPrompts,
  trained: SoftPrompts,
): Promise<MeasuredPrompts> {
  const base = asKept(shared);
  const deltas = {
    trained: asKept(trained),
    former: plan.kind === "onwards" ? plan.former.prompts.delta : undefined,
  };
  const compared = await comparePrompts(context, plan, base, deltas);
  if (compared === undefined) {
    const own = personalPrompts(base, deltas.trained);
    return { delta: deltas.trained, own, gate: tooFewDocuments };
  }
  const replay = plan.kind === "onwards" ? judgeReplay(plan, compared.difference) : undefined;
  const kept = replay?.kept === "former" ? "former" : "trained";
  const delta = deltas[kept] ?? deltas.trained;
  const { documents, masked, figures } = compared;
  const { none, shared: ofShared, [kept]: own } = figures;
  const difference = compared.difference(kept, "shared");
  const band = lossBand(subtractLosses(compared.scores(kept), compared.scores("shared")));
  const echo = await echoOf(context, plan.data, base, delta);
  return {
    delta,
    own: personalPrompts(base, delta),
    gate: maskingGate({ documents, difference }),
    masking: { documents, masked, none, shared: ofShared, own, difference },
    differences: {
      toShared: difference,
      toBase: compared.difference(kept, "none"),
      change: compared.change(kept, "shared"),
    },
    ...(band === undefined ? {} : { band }),
    ...(replay === undefined ? {} : { replay }),
    ...(echo === undefined ? {} : { echo }),
  };
}

type ComparedName = "none" | "shared" | "trained" | "former";

/**
 * Compares no prompt, the shared ones, the former version's and the new ones on the same held-out words. Shared ones
 * are rounded as own ones are, so that a part of zeros makes no difference.
 */
async function comparePrompts(
  { model, job, breathe, pace }: LearningContext,
  { data }: TrainingPlan,
  shared: SoftPrompts,
  { trained, former = trained }: { readonly trained: SoftPrompts; readonly former: SoftPrompts | undefined },
): Promise<MaskedLmComparison<ComparedName> | undefined> {
  const own = personalPrompts(shared, trained);
  return compareMaskedLm<ComparedName>(
    model,
    data.heldOut,
    {
      none: undefined,
      shared,
      trained: own,
      former: former === trained ? own : personalPrompts(shared, former),
    },
    { threads: job.options.threads, tokensPerRun: pace.tokensPerRun, breathe },
  );
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

/** Work in tokens passed forward. */
export const measuringWork = ({ data, kind }: TrainingPlan): number =>
  (kind === "onwards" ? 4 : 3) * countTokens(data.heldOut) +
  echoPasses * countTokens(echoSample(data.heldOut));

/** As it comes back from a profile. */
const asKept = (prompts: SoftPrompts): SoftPrompts => decodePrompts(encodePrompts(prompts));
