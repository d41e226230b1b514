import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { mean } from "../../numbers/mean.ts";
import { createRandom, type Random } from "../../numbers/random.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import type { LabelledTone } from "../../tone/labels/labelled-tone.ts";
import { leastProbability } from "../../tone/proof/tone-gate.ts";
import { meantShares, type WriterPrior } from "../../tone/writer/writer-posterior.ts";
import { noShift } from "../../tone/writer/writer-shift.ts";
import type { ReadRatedWriter } from "./read-rated-writers.ts";
import { type RoundOptions, type SimulatedRound, simulateRound, textsRead } from "./simulate-round.ts";
import { type WorseBehindGate, worseBehindGate } from "./worse-behind-gate.ts";

/** After so many answers it is measured. */
export const roundCounts = [4, 8, 12, 20, 24, 30, 48] as const;

/** Where writers stand after some answers, drawn by chance or chosen; means over writers. */
export interface RoundRow {
  readonly answers: number;
  /** Who have enough texts. */
  readonly writers: number;
  readonly general: { readonly error: number; readonly right: number };
  readonly drawn: RoundFigures;
  readonly chosen: RoundFigures;
}

export interface RoundFigures {
  readonly error: number;
  readonly right: number;
  /** General error − own error, by writer. */
  readonly gain: Interval;
  /** Own share of right sides − general share, by writer. */
  readonly rightGain: Interval;
  /** For how many the gate is open. */
  readonly open: number;
  /** Whom the own reading helps on all texts that they were not asked about, and for how many of them the gate is open. */
  readonly helped: number;
  readonly helpedOpen: number;
  /** For whom it is open though the own reading is worse. */
  readonly openWorse: WorseBehindGate;
}

/** Of those who answer as nobody means it: shares of writers for whom the gate opens. */
export interface FalseOpenings {
  readonly answering: string;
  readonly writers: number;
  readonly open: Readonly<Record<number, number>>;
  /** After any of these numbers of answers. */
  readonly ever: number;
}

export interface RoundStudy {
  readonly rows: readonly RoundRow[];
  /** Paired by writer: error after 24 drawn − error after 12 chosen, and the share of what 48 drawn take away that 12 chosen do. */
  readonly twelveChosen: { readonly against24Drawn: Interval; readonly shareOf48: number };
  readonly falseOpenings: readonly FalseOpenings[];
}

interface StudyParts {
  readonly scale: OrdinalScale;
  readonly prior: WriterPrior;
  readonly random: Random;
}

/** Measures rounds of questions on writers; nothing is chosen on them. */
export function studyRounds(writers: readonly ReadRatedWriter[], parts: StudyParts): RoundStudy {
  const rounds = writers.map((writer) => ({
    drawn: roundOf(writer, "drawn", parts),
    chosen: roundOf(writer, "chosen", parts),
  }));
  const rows = roundCounts.map((answers) => rowOf(rounds, answers, parts.random));
  const errorAt = (round: SimulatedRound, answers: number) =>
    round.points.find((point) => point.answers === answers)?.own.error;
  const paired = rounds.flatMap(({ drawn, chosen }) => {
    const [later, sooner] = [errorAt(drawn, 24), errorAt(chosen, 12)];
    return later === undefined || sooner === undefined ? [] : [later - sooner];
  });
  const all = rounds.flatMap(({ drawn, chosen }) => {
    const [full, part] = [drawn.points.at(-1), errorAt(chosen, 12)];
    return full === undefined || part === undefined
      ? []
      : [{ full: drawn.general.error - full.own.error, part: drawn.general.error - part }];
  });
  return {
    rows,
    twelveChosen: {
      against24Drawn: pairedBootstrap(paired, parts.random),
      shareOf48: mean(all.map(({ part }) => part)) / mean(all.map(({ full }) => full)),
    },
    falseOpenings: answerings.map((answering) => falseOpenings(writers, answering, parts)),
  };
}

function split({ writer, labels }: ReadRatedWriter, random: Random) {
  const shuffled = random.fork(writer).shuffle([...labels]);
  return { read: shuffled.slice(0, textsRead), asked: shuffled.slice(textsRead) };
}

function roundOf(
  writer: ReadRatedWriter,
  order: RoundOptions["order"],
  { scale, prior, random }: StudyParts,
): SimulatedRound {
  const { read, asked } = split(writer, random);
  return simulateRound(asked, read, {
    scale,
    prior,
    order,
    counts: roundCounts,
    random: random.fork(`order ${writer.writer}`),
  });
}

type Rounds = readonly { readonly drawn: SimulatedRound; readonly chosen: SimulatedRound }[];

function rowOf(rounds: Rounds, answers: number, random: Random): RoundRow {
  const enough = rounds.filter(({ drawn, chosen }) =>
    [drawn, chosen].every(({ points }) => points.some((point) => point.answers === answers)),
  );
  const generals = enough.map(({ drawn }) => drawn.general);
  const figures = (order: "drawn" | "chosen"): RoundFigures => {
    const own = enough.map((round) => {
      const { points, general } = round[order];
      const point = points.find((one) => one.answers === answers)!;
      return { ...point, gain: general.error - point.own.error, rightGain: point.own.right - general.right };
    });
    const count = (holds: (one: (typeof own)[number]) => boolean): number => own.filter(holds).length;
    const isOpen = ({ probability }: (typeof own)[number]): boolean => probability >= leastProbability;
    return {
      error: mean(own.map((one) => one.own.error)),
      right: mean(own.map((one) => one.own.right)),
      gain: pairedBootstrap(
        own.map(({ gain }) => gain),
        random,
      ),
      rightGain: pairedBootstrap(
        own.map(({ rightGain }) => rightGain),
        random,
      ),
      open: count(isOpen),
      helped: count(({ onAllOthers }) => onAllOthers.gain > 0),
      helpedOpen: count((one) => one.onAllOthers.gain > 0 && isOpen(one)),
      openWorse: worseBehindGate(own.filter(isOpen).map(({ onAllOthers }) => onAllOthers)),
    };
  };
  return {
    answers,
    writers: enough.length,
    general: {
      error: mean(generals.map(({ error }) => error)),
      right: mean(generals.map(({ right }) => right)),
    },
    drawn: figures("drawn"),
    chosen: figures("chosen"),
  };
}

/** How one may answer to whom the general reading is the best there is. */
const answerings = ["as everybody", "a die of five", "a die of three"] as const;

function falseOpenings(
  writers: readonly ReadRatedWriter[],
  answering: (typeof answerings)[number],
  { scale, prior }: StudyParts,
): FalseOpenings {
  const rounds = writers.map(({ writer, labels }) => {
    const random = createRandom(answering).fork(writer);
    const asked = labels.map((label) => ({ ...label, target: answerOf(label, answering, scale, random) }));
    return simulateRound(asked, [], { scale, prior, order: "drawn", counts: roundCounts, random });
  });
  const isOpen = (round: SimulatedRound, answers: number): boolean =>
    round.points.some((point) => point.answers === answers && point.probability >= leastProbability);
  const share = (answers: number): number => {
    const enough = rounds.filter(({ points }) => points.some((point) => point.answers === answers));
    return enough.filter((round) => isOpen(round, answers)).length / Math.max(1, enough.length);
  };
  return {
    answering,
    writers: writers.length,
    open: Object.fromEntries(roundCounts.map((answers) => [answers, share(answers)])),
    ever: mean(rounds.map((round) => (roundCounts.some((answers) => isOpen(round, answers)) ? 1 : 0))),
  };
}

function answerOf(
  label: LabelledTone,
  answering: (typeof answerings)[number],
  scale: OrdinalScale,
  random: Random,
): LabelledTone["target"] {
  const key = (): number => {
    switch (answering) {
      case "a die of five":
        return random.integer(5);
      case "a die of three":
        return 1 + random.integer(3);
      case "as everybody": {
        let rest = random();
        const at = meantShares(label, noShift, scale).findIndex((share) => {
          rest -= share;
          return rest < 0;
        });
        return at < 0 ? 4 : at;
      }
      default:
        return answering satisfies never;
    }
  };
  return { kind: "valence", valence: (key() - 2) / 2 };
}
