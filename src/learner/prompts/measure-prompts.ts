import type { Passage } from "../../learning/passages.ts";
import type { Gate } from "../../numbers/gate.ts";
import { type Interval, meanInterval } from "../../numbers/intervals.ts";
import {
  type ComparedPrompts,
  compareMaskedLm,
  type MaskedLmComparison,
} from "../../profile/compare-masked-lm.ts";
import { maskingGate, tooFewToProve } from "../../profile/masking-gate.ts";
import type { EchoReport, MaskingReport, ReplayReport } from "../../profile/report.ts";
import { echoStrengths, measureEcho } from "../../profile/watching/echo.ts";
import type { MaskingDifferences } from "../../profile/watching/learning-signs.ts";
import { type LossBand, lossBand, subtractLosses } from "../../profile/watching/loss-band.ts";
import {
  decodePrompts,
  encodePrompts,
  personalPrompts,
  type SoftPrompts,
} from "../../prompts/soft-prompts.ts";
import type { LearningContext } from "../learning-context.ts";
import { countTokens } from "./learn-masking.ts";
import type { PromptPlan } from "./prompt-plan.ts";
import { type StrangersContext, strangersPrompts } from "./strangers-prompts.ts";

/** A plan by which something is trained. */
export type TrainingPlan = Extract<PromptPlan, { kind: "anew" | "onwards" }>;

/** The prompts that are kept, with what was measured of them on text that chose nothing. */
export interface MeasuredPrompts {
  readonly delta: SoftPrompts;
  /** shared + delta as they are kept, in 16 bits. */
  readonly own: SoftPrompts;
  readonly gate: Gate;
  readonly masking?: MaskingReport | undefined;
  readonly differences?: MaskingDifferences | undefined;
  /** Of own − shared losses. */
  readonly band?: LossBand | undefined;
  readonly replay?: ReplayReport | undefined;
  readonly echo?: EchoReport | undefined;
}

/** Passages whose personal and general guesses are compared; fewer where a profile is learned on that was compared. */
const echoPassages = { anew: 48, onwards: 12 } as const;
/** In general and with each strength. */
const echoPasses = 1 + echoStrengths.length;

/**
 * Keeps the trained prompts or those of the former version, whichever is better where the epoch was chosen, and measures
 * them where nothing was: what chooses proves nothing.
 */
export async function measurePrompts(
  context: LearningContext,
  plan: TrainingPlan,
  shared: SoftPrompts,
  trained: SoftPrompts,
): Promise<MeasuredPrompts> {
  const base = asKept(shared);
  const { delta, replay } = await choosePrompts(context, plan, base, asKept(trained));
  const own = personalPrompts(base, delta);
  const kept = { delta, own, replay };
  const strangers = strangersPrompts(context);
  const prompts = { none: undefined, shared: base, own, ...Object.fromEntries(strangers.entries()) };
  const compared = await compare<ProvedName>(context, plan.proof, prompts);
  if (compared === undefined || compared.documents < 2) return { ...kept, gate: tooFewToProve };
  const { documents, masked, figures } = compared;
  const difference = differenceOf(compared, "own", "shared");
  const closest = closestStranger(compared, [...strangers.keys()]);
  const band = lossBand(subtractLosses(compared.scores("own"), compared.scores("shared")));
  const echo = await echoOf(context, plan, base, delta);
  return {
    ...kept,
    gate: maskingGate({ documents, difference, strangers: closest }),
    masking: {
      documents,
      masked,
      none: figures.none,
      shared: figures.shared,
      own: figures.own,
      difference,
      strangers: closest,
    },
    differences: {
      toShared: difference,
      toBase: differenceOf(compared, "own", "none"),
      change: compared.change("own", "shared"),
    },
    band,
    echo,
  };
}

/** Strangers by number. */
type ProvedName = "none" | "shared" | "own" | `${number}`;

/** Paired by document; the interval holds with few of them. */
function differenceOf<Name extends string>(
  { losses }: MaskedLmComparison<Name>,
  first: Name,
  second: Name,
): Interval {
  const subtrahends = losses(second);
  return meanInterval(losses(first).map((loss, at) => loss - subtrahends[at]!));
}

/** The stranger whose prompts are hardest to tell from the writer's: to be the writer's own is to beat them all. */
function closestStranger(
  compared: MaskedLmComparison<ProvedName>,
  names: readonly `${number}`[],
): MaskingReport["strangers"] {
  const [closest] = names
    .map((name) => differenceOf(compared, "own", name))
    .toSorted((a, b) => b.high - a.high);
  return closest && { writers: names.length, difference: closest };
}

/** Reads the same passages with some prompts. Undefined where nothing can be hidden. */
async function compare<Name extends string>(
  { model, job, breathe, pace }: LearningContext,
  passages: readonly Passage[],
  prompts: ComparedPrompts<Name>,
): Promise<MaskedLmComparison<Name> | undefined> {
  const { threads } = job.options;
  return compareMaskedLm<Name>(model, passages, prompts, {
    threads,
    tokensPerRun: pace.tokensPerRun,
    breathe,
  });
}

/** The better of the former and the new prompts; text from before and new text count alike. */
async function choosePrompts(
  context: LearningContext,
  plan: TrainingPlan,
  shared: SoftPrompts,
  trained: SoftPrompts,
): Promise<{ readonly delta: SoftPrompts; readonly replay?: ReplayReport }> {
  if (plan.kind !== "onwards") return { delta: trained };
  const { former, newPassages, replayedPassages, newlyHeldOut, data } = plan;
  const { delta } = former.prompts;
  const compared = await compare(context, data.heldOut, {
    trained: personalPrompts(shared, trained),
    former: personalPrompts(shared, delta),
  });
  const on = (which: (document: string) => boolean) => compared?.meanDifference("trained", "former", which);
  const onFormerText = on((document) => !newlyHeldOut.has(document));
  const onNewText = on((document) => newlyHeldOut.has(document));
  const kept = (onFormerText?.mean ?? 0) + (onNewText?.mean ?? 0) < 0 ? "new" : "former";
  return {
    delta: kept === "new" ? trained : delta,
    replay: { from: former.id, newPassages, replayedPassages, kept, onFormerText, onNewText },
  };
}

async function echoOf(
  { model, job, pace, breathe }: LearningContext,
  plan: TrainingPlan,
  shared: SoftPrompts,
  delta: SoftPrompts,
): Promise<EchoReport | undefined> {
  const passages = echoSample(plan);
  if (passages.length === 0) return undefined;
  const request = { model, passages, shared, delta, threads: job.options.threads };
  return measureEcho(request, { tokensPerRun: Math.min(512, pace.tokensPerRun), breathe });
}

const echoSample = ({ kind, proof }: TrainingPlan): readonly Passage[] => proof.slice(-echoPassages[kind]);

/** Work in tokens passed forward. */
export const measuringWork = (context: StrangersContext, plan: TrainingPlan): number =>
  (plan.kind === "onwards" ? 2 * countTokens(plan.data.heldOut) : 0) +
  (3 + strangersPrompts(context).size) * countTokens(plan.proof) +
  echoPasses * countTokens(echoSample(plan));

/** As it comes back from a profile. */
const asKept = (prompts: SoftPrompts): SoftPrompts => decodePrompts(encodePrompts(prompts));
