import type { Interval } from "../evaluation/bootstrap.ts";
import type { CurvePoint } from "../learning/intermediate-learning.ts";
import { fewestWords } from "./gate.ts";

/** What can go wrong with learning without an error. */
export const signKinds = [
  "tooLittleText",
  "notFinite",
  "outOfMemory",
  "lossFlat",
  "promptIgnored",
  "worseThanShared",
  "worseThanBase",
  "echo",
] as const;

export type SignKind = (typeof signKinds)[number];

/** A sign that learning did not do what it should, in words. */
export interface LearningSign {
  readonly kind: SignKind;
  readonly message: string;
  /** What the writer can do, or what Idiolect does about it. */
  readonly advice: string;
}

/** What is looked at after learning. What was not measured is absent. */
export interface LearningEvidence {
  readonly words: number;
  /** Of intermediate learning; empty where nothing was trained. */
  readonly curve: readonly CurvePoint[];
  /** Step whose loss, or whose gradients, were not numbers. */
  readonly brokenStep?: number;
  /** Most tokens of one run of the model, if they had to be cut because memory ran out. */
  readonly sparedTokensPerRun?: number;
  readonly masking?: MaskingDifferences;
  /** How far the personal guesses depart from the general ones at full strength. */
  readonly echo?: { readonly divergence: number; readonly gain: number; readonly isExceeded: boolean };
}

/** Masked-LM losses on the same held-out text, in nats, paired by document. */
export interface MaskingDifferences {
  /** own − shared. */
  readonly toShared: Interval;
  /** own − no prompt. */
  readonly toBase: Interval;
  /** Mean of |own − shared|: what zeroing the writer's part changes, whichever way. */
  readonly change: number;
}

/**
 * A held-out loss that falls by less is flat. Masks are the same in every epoch, so it has no noise but that of
 * rounding; real blogs fall by 0.03 to 0.2 nats.
 */
const leastFall = 2e-3;
/** The mean loss of an epoch has fresh masks; over some thousand hidden tokens chance moves it by about a hundredth. */
const leastTrainingFall = 0.02;
/** Prompts that change the loss of no document by more than rounding does are not read. */
const leastChange = 1e-4;

/** All signs of a learning run that went wrong in some way, the gravest first; none where all is well. */
export function learningSigns(evidence: LearningEvidence): readonly LearningSign[] {
  return [
    ...brokenSigns(evidence),
    ...textSigns(evidence),
    ...flatSigns(evidence),
    ...comparedSigns(evidence),
    ...echoSigns(evidence),
  ];
}

/** Whether a sign stays true as long as the prompts stay. */
export function isAboutPrompts(kind: SignKind): boolean {
  return kind !== "tooLittleText" && kind !== "outOfMemory";
}

function brokenSigns({ brokenStep, sparedTokensPerRun }: LearningEvidence): readonly LearningSign[] {
  const notFinite: LearningSign = {
    kind: "notFinite",
    message: `The loss was not a number any more at step ${brokenStep}, so training ended there`,
    advice: "The best prompts from before that step are kept; learning with another --seed may go further.",
  };
  const outOfMemory: LearningSign = {
    kind: "outOfMemory",
    message: `Memory ran out, so the model ran on at most ${sparedTokensPerRun} tokens at a time`,
    advice: "Nothing is lost but time; with other programs closed learning is faster.",
  };
  return [
    ...(brokenStep === undefined ? [] : [notFinite]),
    ...(sparedTokensPerRun === undefined ? [] : [outOfMemory]),
  ];
}

function textSigns({ words }: LearningEvidence): readonly LearningSign[] {
  if (words >= fewestWords) return [];
  const message = `There is too little text to learn hidden words from: ${words} words of ${fewestWords}`;
  const advice =
    "Own words and drift wait for more; tags, labels and what you teach count already. Add folders or write more.";
  return [{ kind: "tooLittleText", message, advice }];
}

function flatSigns({ curve }: LearningEvidence): readonly LearningSign[] {
  const losses = curve.flatMap(({ heldOut }) => heldOut?.loss ?? []);
  const training = curve.flatMap(({ trainLoss }) => trainLoss ?? []);
  const hasFallen =
    losses.length > 0 ? fall(losses) > leastFall : training.length < 2 || fall(training) > leastTrainingFall;
  if (curve.length < 2 || hasFallen) return [];
  const measured = losses.length > 0 ? losses : training;
  const message = `The loss stayed flat: ${measured[0]!.toFixed(3)} nats before training, ${Math.min(...measured).toFixed(3)} at best`;
  const advice =
    "Nothing was learned from these texts, and the general reading is used; more text of one kind may help.";
  return [{ kind: "lossFlat", message, advice }];
}

function comparedSigns({ masking }: LearningEvidence): readonly LearningSign[] {
  if (masking === undefined) return [];
  const { toShared, toBase, change } = masking;
  if (change < leastChange) {
    const message =
      "The prompts are ignored: without the writer's part the model guesses hidden words just as well";
    return [{ kind: "promptIgnored", message, advice: "The general reading is used, which says the same." }];
  }
  const signs: LearningSign[] = [];
  if (toShared.low > 0) {
    signs.push({
      kind: "worseThanShared",
      message: `The writer's prompts guess hidden words worse than the shared ones, by ${toShared.mean.toFixed(3)} nats`,
      advice: "The general reading is used; the newest texts may differ from all before, or be too few.",
    });
  }
  if (toBase.low > 0) {
    signs.push({
      kind: "worseThanBase",
      message: `With prompts the model guesses hidden words worse than without any, by ${toBase.mean.toFixed(3)} nats`,
      advice: "The texts are unlike those that the shared prompts know; the general reading may be off, too.",
    });
  }
  return signs;
}

function echoSigns({ echo }: LearningEvidence): readonly LearningSign[] {
  if (echo === undefined || !echo.isExceeded) return [];
  const [departs, gains] = [echo.divergence, echo.gain].map((nats) => nats.toFixed(3).replace("-", "−"));
  return [
    {
      kind: "echo",
      message: `The personal guesses depart from the general ones by ${departs} nats a word, and your texts bear out ${gains}`,
      advice:
        "They follow themselves more than you: read at a lower strength, or go back to an earlier version.",
    },
  ];
}

/** How far a curve fell from its start to its lowest point. */
function fall([first, ...rest]: readonly number[]): number {
  return first! - Math.min(...rest);
}
