import { mean, variance } from "../../numbers/mean.ts";
import type { Random } from "../../numbers/random.ts";
import {
  classShares,
  expectedValence,
  type OrdinalScale,
  scaleOfText,
} from "../../tone/head/ordinal-scale.ts";
import { nearestClass } from "../../tone/head/tone-classes.ts";
import { isRightSide, type LabelledTone, valenceError } from "../../tone/labels/labelled-tone.ts";
import { QuestionChooser } from "../../tone/writer/question-chooser.ts";
import { WriterPosterior, type WriterPrior } from "../../tone/writer/writer-posterior.ts";
import { noShift, shiftLatent, type WriterShift } from "../../tone/writer/writer-shift.ts";

/** Of each writer at most so many texts are read, and not asked about. */
export const textsRead = 16;

/** How readings of a writer's other texts met their ratings. */
export interface ReadingScore {
  /** Mean distance between valence and rating, both from −1 to 1. */
  readonly error: number;
  /** Share of texts whose side was the likeliest one. */
  readonly right: number;
}

/** What the own reading takes away of a writer's error, mean over texts, and how far chance moves that mean. */
export interface MeasuredGain {
  readonly gain: number;
  /** Standard error over texts. */
  readonly error: number;
}

/** Where a writer stands after some answers. */
export interface RoundPoint {
  readonly answers: number;
  readonly own: ReadingScore;
  /** On all texts that the writer was not asked about by then: more than are read, so that it is known better. */
  readonly onAllOthers: MeasuredGain;
  /** That the own reading beats the general one, by the answers alone. */
  readonly probability: number;
}

export interface SimulatedRound {
  readonly general: ReadingScore;
  readonly points: readonly RoundPoint[];
}

export interface RoundOptions {
  readonly scale: OrdinalScale;
  readonly prior: WriterPrior;
  /** Whether texts are chosen as the product does it, or drawn by chance. */
  readonly order: "chosen" | "drawn";
  /** After how many answers to look, ascending. */
  readonly counts: readonly number[];
  readonly random: Random;
}

/** Asks a writer about some texts, and reads others after each number of answers. */
export function simulateRound(
  asked: readonly LabelledTone[],
  read: readonly LabelledTone[],
  { scale, prior, order, counts, random }: RoundOptions,
): SimulatedRound {
  const answers = order === "drawn" ? random.shuffle([...asked]).values() : chosen(asked, scale, prior);
  const points: RoundPoint[] = [];
  let posterior = WriterPosterior.before(scale, prior);
  let count = 0;
  const given: LabelledTone[] = [];
  for (const label of answers) {
    posterior = posterior.after(asAnswer(label));
    given.push(label);
    count++;
    if (counts.includes(count)) {
      const { shift } = posterior;
      const others = [...read, ...asked.filter((one) => !given.includes(one))];
      points.push({
        answers: count,
        own: scoreOf(read, shift, scale),
        onAllOthers: gainOn(others, shift, scale),
        probability: posterior.beatsGeneral(given),
      });
    }
    if (count === counts.at(-1)) break;
  }
  return { general: scoreOf(read, noShift, scale), points };
}

/** Once nothing is left that is unlike what was asked, the rest follow as they come. */
function* chosen(
  texts: readonly LabelledTone[],
  scale: OrdinalScale,
  prior: WriterPrior,
): Generator<LabelledTone> {
  const chooser = new QuestionChooser(texts, scale);
  const asked: LabelledTone[] = [];
  let posterior = WriterPosterior.before(scale, prior);
  for (;;) {
    const next = chooser.next(asked, posterior) as LabelledTone | undefined;
    if (next === undefined) break;
    asked.push(next);
    yield next;
    posterior = posterior.after(asAnswer(next));
  }
  yield* texts.filter((text) => !asked.includes(text));
}

/** With five keys a writer says the nearest of five. */
export function asAnswer(label: LabelledTone): LabelledTone {
  const { target } = label;
  if (target.kind !== "valence") return label;
  return { ...label, target: { kind: "valence", valence: (nearestClass(target.valence) - 2) / 2 } };
}

function scoreOf(labels: readonly LabelledTone[], shift: WriterShift, scale: OrdinalScale): ReadingScore {
  const read = labels.map((label) => readAs(label, shift, scale));
  return {
    error: mean(read.map(({ error }) => error)),
    right: mean(read.map(({ isRight }) => (isRight ? 1 : 0))),
  };
}

function gainOn(labels: readonly LabelledTone[], shift: WriterShift, scale: OrdinalScale): MeasuredGain {
  const gains = labels.map(
    (label) => readAs(label, noShift, scale).error - readAs(label, shift, scale).error,
  );
  return { gain: mean(gains), error: Math.sqrt(variance(gains, 1) / gains.length) };
}

function readAs(label: LabelledTone, shift: WriterShift, scale: OrdinalScale) {
  const { target } = asAnswer(label);
  const shares = classShares(shiftLatent(label.latent, shift, scale), scaleOfText(label, scale));
  return { error: valenceError(target, expectedValence(shares)), isRight: isRightSide(target, shares) };
}
