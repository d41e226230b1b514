import type { CurvePoint } from "../../learning/intermediate-learning.ts";
import type { Interval } from "../../numbers/intervals.ts";
import { type Figure, inEnglish, type Said, said, whole } from "../../said/said.ts";
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

/** A sign that learning did not do what it should, in words; in English, and with their values apart. */
export interface LearningSign {
  readonly kind: SignKind;
  readonly message: string;
  /** What the writer can do, or what Idiolect does about it. */
  readonly advice: string;
  /** Absent of what was learned before this was kept. */
  readonly said?: { readonly message: Said; readonly advice: Said } | undefined;
}

const sign = (kind: SignKind, message: Said, advice: Said): LearningSign => {
  return { kind, message: inEnglish(message), advice: inEnglish(advice), said: { message, advice } };
};

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
  const notFinite = (step: number) =>
    sign(
      "notFinite",
      said("At step {0} the loss was no longer a number, so training ended there", whole(step)),
      said(
        "The best result from before that step is kept; learning again with another --seed may get further.",
      ),
    );
  const outOfMemory = (tokens: number) =>
    sign(
      "outOfMemory",
      said(
        "Memory ran out, so the model was run on at most {0} tokens (words or parts of words) at a time",
        whole(tokens),
      ),
      said("Nothing is lost but time; learning is faster when other programs are closed."),
    );
  return [
    ...(brokenStep === undefined ? [] : [notFinite(brokenStep)]),
    ...(sparedTokensPerRun === undefined ? [] : [outOfMemory(sparedTokensPerRun)]),
  ];
}

function textSigns({ words }: LearningEvidence): readonly LearningSign[] {
  if (words >= fewestWords) return [];
  const message = said(
    "There is too little text to learn from by guessing hidden words: {0} words of {1}",
    whole(words),
    whole(fewestWords),
  );
  const advice = said(
    "Tags, labels and what you teach count already; finding your own words and watching for changes must wait for more text. Add folders or write more.",
  );
  return [sign("tooLittleText", message, advice)];
}

function flatSigns({ curve }: LearningEvidence): readonly LearningSign[] {
  const losses = curve.flatMap(({ heldOut }) => heldOut?.loss ?? []);
  const training = curve.flatMap(({ trainLoss }) => trainLoss ?? []);
  const hasFallen =
    losses.length > 0 ? fall(losses) > leastFall : training.length < 2 || fall(training) > leastTrainingFall;
  if (curve.length < 2 || hasFallen) return [];
  const measured = losses.length > 0 ? losses : training;
  const message = said(
    "Training hardly improved how well hidden words are guessed: a loss of {0} nats before, {1} at best",
    nats(measured[0]!),
    nats(Math.min(...measured)),
  );
  const advice = said("So the general reading is used; more text of the same kind may help.");
  return [sign("lossFlat", message, advice)];
}

function comparedSigns({ masking }: LearningEvidence): readonly LearningSign[] {
  if (masking === undefined) return [];
  const { toShared, toBase, change } = masking;
  if (change < leastChange) {
    const message = said(
      "What was learned has no effect: without it the model guesses hidden words just as well",
    );
    const advice = said("So the general reading is used, which gives the same result.");
    return [sign("promptIgnored", message, advice)];
  }
  const signs: LearningSign[] = [];
  if (toShared.low > 0) {
    const message = said(
      "With what was learned, hidden words are guessed worse than before learning, by {0} nats",
      nats(toShared.mean),
    );
    const advice = said(
      "So the general reading is used; the newest texts may differ from the earlier ones, or be too few.",
    );
    signs.push(sign("worseThanShared", message, advice));
  }
  if (toBase.low > 0) {
    const message = said(
      "With prompts (what learning adds to the model) hidden words are guessed worse than without any, by {0} nats",
      nats(toBase.mean),
    );
    const advice = said(
      "These texts are unlike those that the model was prepared on, so the general reading may be off as well.",
    );
    signs.push(sign("worseThanBase", message, advice));
  }
  return signs;
}

function echoSigns({ echo }: LearningEvidence): readonly LearningSign[] {
  if (echo === undefined || !echo.isExceeded) return [];
  const message = said(
    "The personal guesses of hidden words differ from the general ones by {0} nats a word, and your texts justify only {1}",
    nats(echo.divergence),
    nats(echo.gain),
  );
  const advice = said(
    "They go further than your texts do: lower the setting idiolect.tone.strength, or go back to an earlier version (idiolect profile rollback).",
  );
  return [sign("echo", message, advice)];
}

const nats = (value: number): Figure => ({ value, digits: 3 });

/** How far a curve fell from its start to its lowest point. */
function fall([first, ...rest]: readonly number[]): number {
  return first! - Math.min(...rest);
}
