import { sum } from "../../numbers/mean.ts";
import {
  type ClassShares,
  classShares,
  expectedValence,
  type OrdinalScale,
  scaleOfText,
} from "../head/ordinal-scale.ts";
import { logShareOf } from "../labels/labelled-tone.ts";
import { noShift, shiftLatent, type WeighedLabel, type WriterShift } from "./writer-shift.ts";

/** What is known of writers before one of them has said anything. */
export interface WriterPrior {
  /** Deviation over writers of the bias, in widths of a class. */
  readonly bias: number;
  /** Deviation over writers of the logarithm of the spread. */
  readonly spread: number;
  /** Share of a writer's answers that say nothing, because a key was missed or a sentence was misunderstood. */
  readonly slips: number;
  /** Share of writers who mean what everybody reads. */
  readonly asEverybody: number;
  /** Share of writers whose answers have nothing to do with what is read. */
  readonly byDice: number;
  /** Readings are drawn to the general ones as if so many further answers asked for no shift: whoever is misjudged loses less so. */
  readonly unmoved: number;
}

/**
 * Chosen by hand among those tried on ratings of critics and tasters: by how likely their ratings are, by the error of
 * readings, and so that the gate opens for fewer than one in twenty who answer as everybody or by dice (docs/evaluation.md).
 * No weight is learned on those texts, only these six numbers.
 */
export const writerPrior: WriterPrior = {
  bias: 0.5,
  spread: 0.7,
  slips: 0.1,
  asEverybody: 0.3,
  byDice: 0.1,
  unmoved: 4,
};

/** A text as it is read in general. */
export interface GeneralReading {
  readonly latent: number;
  /** The text's own scale; 1 if absent. */
  readonly textScale?: number;
}

/** A way in which the writer may mean what is read, and how probable it is. */
export interface Meant {
  readonly shift: WriterShift;
  readonly probability: number;
}

/** log p(way, answers) of each way to mean texts, and of each die. */
interface LogShares {
  readonly ways: readonly number[];
  readonly dice: readonly number[];
  /** Of all answers together. */
  readonly weight: number;
}

interface WriterModel {
  readonly scale: OrdinalScale;
  readonly prior: WriterPrior;
  /** Under the prior; the last is that of everybody. */
  readonly ways: readonly Meant[];
}

/** Deviations to either side, and points on the way, that hypotheses reach. */
const reach = 3;
const [biasSteps, spreadSteps] = [25, 11];

/**
 * What a writer's answers say about how this writer means texts: a mixture of three kinds of writers. Some mean what
 * everybody reads; some answer by dice; all others have a shift of their own, v ↦ c + e^s·(v − c) + b, with b and s normal
 * over writers (a hierarchical model: Gelman and Hill 2007, chapter 13). The posterior is taken on a grid, so that it holds
 * with one answer and with a hundred.
 */
export class WriterPosterior {
  /** How probable it is that the writer has a shift of their own, means what everybody reads, or answers by dice. */
  readonly kinds: { readonly own: number; readonly asEverybody: number; readonly byDice: number };
  /** The ways in which one who does not answer by dice may mean texts, always the same; their probabilities add up to 1. */
  readonly meant: readonly Meant[];
  /** How likely the answers are before anything is known of the writer; nats. */
  readonly logEvidence: number;
  readonly #model: WriterModel;
  readonly #logs: LogShares;

  private constructor(model: WriterModel, logs: LogShares) {
    this.#model = model;
    this.#logs = logs;
    const highest = Math.max(...logs.dice, ...logs.ways);
    const shares = logs.ways.map((log) => Math.exp(log - highest));
    const [meaning, diced] = [sum(shares), sum(logs.dice.map((log) => Math.exp(log - highest)))];
    const [general, total] = [shares.at(-1)!, meaning + diced];
    this.logEvidence = highest + Math.log(total);
    this.kinds = { own: (meaning - general) / total, asEverybody: general / total, byDice: diced / total };
    this.meant = model.ways.map(({ shift }, at) => ({ shift, probability: shares[at]! / meaning }));
  }

  /** Before anything was answered. */
  static before(scale: OrdinalScale, prior: WriterPrior = writerPrior): WriterPosterior {
    const own = 1 - prior.asEverybody - prior.byDice;
    const ways = [
      ...shiftsOf(prior, scale).map(({ shift, probability }) => ({ shift, probability: own * probability })),
      { shift: noShift, probability: prior.asEverybody },
    ];
    const logs = ways.map(({ probability }) => Math.log(probability));
    return new WriterPosterior(
      { scale, prior, ways },
      { ways: logs, dice: dice.map(() => Math.log(prior.byDice / dice.length)), weight: 0 },
    );
  }

  /** After all of a writer's answers. */
  static of(
    labels: readonly WeighedLabel[],
    scale: OrdinalScale,
    prior: WriterPrior = writerPrior,
  ): WriterPosterior {
    const before = WriterPosterior.before(scale, prior);
    const model = before.#model;
    return new WriterPosterior(
      model,
      labels.reduce((logs, label) => logsAfter(label, logs, model), before.#logs),
    );
  }

  /** After one more answer. */
  after(label: WeighedLabel): WriterPosterior {
    return new WriterPosterior(this.#model, logsAfter(label, this.#logs, this.#model));
  }

  /**
   * The shift to read with: a share of its mean that grows with the answers, so that it is drawn to none while answers are few and
   * while they may as well be those of everybody.
   */
  get shift(): WriterShift {
    const { weight } = this.#logs;
    const share = weight / (weight + this.#model.prior.unmoved);
    const drawn = (one: keyof WriterShift): number =>
      share * sum(this.meant.map(({ shift, probability }) => probability * shift[one]));
    return { bias: drawn("bias"), logSpread: drawn("logSpread") };
  }

  /**
   * How probable it is that readings with `shift` lie closer to what this writer means than the general ones do, on average
   * over `texts`: of those who mean texts so or so, and do not answer by dice, all for whom the expected distance to what
   * is meant is smaller.
   */
  beatsGeneral(texts: readonly GeneralReading[]): number {
    const { shift } = this;
    const valence = (text: GeneralReading, read: WriterShift): number =>
      expectedValence(meantShares(text, read, this.#model.scale));
    const readings = texts.map((text) => ({
      text,
      general: valence(text, noShift),
      own: valence(text, shift),
    }));
    const gain = (meant: WriterShift): number =>
      sum(
        readings.map(({ text, general, own }) => {
          const shares = meantShares(text, meant, this.#model.scale);
          return distance(shares, general) - distance(shares, own);
        }),
      );
    const better = this.meant.filter((one) => one.probability > 1e-6 && gain(one.shift) > 0);
    return (1 - this.kinds.byDice) * sum(better.map(({ probability }) => probability));
  }
}

/** A slip says each of the five. */
function logsAfter(label: WeighedLabel, logs: LogShares, { scale, ways, prior }: WriterModel): LogShares {
  const { target, weight } = label;
  if (weight === 0) return logs;
  const logLikelihoodOf = ({ shift }: Meant): number => {
    const [a, b, c, d, e] = meantShares(label, shift, scale).map(
      (share) => (1 - prior.slips) * share + prior.slips / 5,
    );
    return logShareOf(target, [a!, b!, c!, d!, e!]);
  };
  return {
    ways: logs.ways.map((log, at) => log + weight * logLikelihoodOf(ways[at]!)),
    dice: logs.dice.map((log, at) => log + weight * logShareOf(target, dice[at]!)),
    weight: logs.weight + weight,
  };
}

/** Shares of what a text is meant as by a writer with a shift. */
export function meantShares(text: GeneralReading, shift: WriterShift, scale: OrdinalScale): ClassShares {
  return classShares(shiftLatent(text.latent, shift, scale), scaleOfText(text, scale));
}

/** With five sides, or with three that say no more than which side is meant, weakly or strongly. */
const dice: readonly ClassShares[] = [
  [0.2, 0.2, 0.2, 0.2, 0.2],
  [0.02, 0.32, 0.32, 0.32, 0.02],
  [0.32, 0.02, 0.32, 0.02, 0.32],
];

/** Shifts on a grid with their shares under the prior. */
function shiftsOf({ bias, spread }: WriterPrior, scale: OrdinalScale): readonly Meant[] {
  const [first, , , last] = scale.thresholds;
  const classWidth = (last - first) / 3;
  const points = deviations(biasSteps).flatMap((b) =>
    deviations(spreadSteps).map((s) => ({
      shift: { bias: b * bias * classWidth, logSpread: s * spread },
      probability: Math.exp(-(b ** 2 + s ** 2) / 2),
    })),
  );
  const total = sum(points.map(({ probability }) => probability));
  return points.map(({ shift, probability }) => ({ shift, probability: probability / total }));
}

const deviations = (steps: number): readonly number[] =>
  Array.from({ length: steps }, (_, at) => reach * ((2 * at) / (steps - 1) - 1));

/** Expected squared distance between what a text is meant as and a valence; the least at the mean of what is meant. */
function distance(shares: ClassShares, valence: number): number {
  return sum(shares.map((share, k) => share * ((k - 2) / 2 - valence) ** 2));
}
