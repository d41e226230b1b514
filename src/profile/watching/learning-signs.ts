import type { CurvePoint } from "../../learning/intermediate-learning.ts";
import type { Interval } from "../../numbers/intervals.ts";
import { fewestWords } from "../masking-gate.ts";

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
  readonly brokenStep?: number | undefined;
  /** Most tokens of one run of the model, if they had to be cut because memory ran out. */
  readonly sparedTokensPerRun?: number | undefined;
  readonly masking?: MaskingDifferences | undefined;
  /** How far the personal guesses depart from the general ones at full strength. */
  readonly echo?:
    | { readonly divergence: number; readonly gain: number; readonly isExceeded: boolean }
    | undefined;
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
    message: `At step ${brokenStep} the loss was no longer a number, so training ended there`,
    advice:
      "The best result from before that step is kept; learning again with another --seed may get further.",
  };
  const outOfMemory: LearningSign = {
    kind: "outOfMemory",
    message: `Memory ran out, so the model was run on at most ${sparedTokensPerRun} tokens (words or parts of words) at a time`,
    advice: "Nothing is lost but time; learning is faster when other programs are closed.",
  };
  return [
    ...(brokenStep === undefined ? [] : [notFinite]),
    ...(sparedTokensPerRun === undefined ? [] : [outOfMemory]),
  ];
}

function textSigns({ words }: LearningEvidence): readonly LearningSign[] {
  if (words >= fewestWords) return [];
  const message = `There is too little text to learn from by guessing hidden words: ${words} words of ${fewestWords}`;
  const advice =
    "Tags, labels and what you teach count already; finding your own words and watching for changes must wait for more text. Add folders or write more.";
  return [{ kind: "tooLittleText", message, advice }];
}

function flatSigns({ curve }: LearningEvidence): readonly LearningSign[] {
  const losses = curve.flatMap(({ heldOut }) => heldOut?.loss ?? []);
  const training = curve.flatMap(({ trainLoss }) => trainLoss ?? []);
  const hasFallen =
    losses.length > 0 ? fall(losses) > leastFall : training.length < 2 || fall(training) > leastTrainingFall;
  if (curve.length < 2 || hasFallen) return [];
  const measured = losses.length > 0 ? losses : training;
  const message = `Training hardly improved how well hidden words are guessed: a loss of ${measured[0]!.toFixed(3)} nats before, ${Math.min(...measured).toFixed(3)} at best`;
  const advice = "So the general reading is used; more text of the same kind may help.";
  return [{ kind: "lossFlat", message, advice }];
}

function comparedSigns({ masking }: LearningEvidence): readonly LearningSign[] {
  if (masking === undefined) return [];
  const { toShared, toBase, change } = masking;
  if (change < leastChange) {
    const message = "What was learned has no effect: without it the model guesses hidden words just as well";
    return [
      {
        kind: "promptIgnored",
        message,
        advice: "So the general reading is used, which gives the same result.",
      },
    ];
  }
  const signs: LearningSign[] = [];
  if (toShared.low > 0) {
    signs.push({
      kind: "worseThanShared",
      message: `With what was learned, hidden words are guessed worse than before learning, by ${toShared.mean.toFixed(3)} nats`,
      advice:
        "So the general reading is used; the newest texts may differ from the earlier ones, or be too few.",
    });
  }
  if (toBase.low > 0) {
    signs.push({
      kind: "worseThanBase",
      message: `With prompts (what learning adds to the model) hidden words are guessed worse than without any, by ${toBase.mean.toFixed(3)} nats`,
      advice:
        "These texts are unlike those that the model was prepared on, so the general reading may be off as well.",
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
      message: `The personal guesses of hidden words differ from the general ones by ${departs} nats a word, and your texts justify only ${gains}`,
      advice:
        "They go further than your texts do: lower the setting idiolect.tone.strength, or go back to an earlier version (idiolect profile rollback).",
    },
  ];
}

/** How far a curve fell from its start to its lowest point. */
function fall([first, ...rest]: readonly number[]): number {
  return first! - Math.min(...rest);
}
