import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { mean } from "../../numbers/mean.ts";
import type { Random } from "../../numbers/random.ts";
import { classShares, type OrdinalScale, scaleOfText } from "../../tone/head/ordinal-scale.ts";
import { nearestClass } from "../../tone/head/tone-classes.ts";
import { isRightSide, type LabelledTone, type ToneTarget } from "../../tone/labels/labelled-tone.ts";
import { WriterPosterior, writerPrior } from "../../tone/writer/writer-posterior.ts";
import { shiftLatent } from "../../tone/writer/writer-shift.ts";
import { fitFieldPrior } from "../sentiment/fit-field-prior.ts";
import { type FieldPrior, WriterField } from "../sentiment/writer-field.ts";
import type { ReadRatedWriter } from "./read-rated-writers.ts";
import { asAnswer } from "./simulate-round.ts";
import type { ReadingsByKey, TextsBefore } from "./texts-before.ts";

/** What one way of being personal brings on later texts, by writer. */
export interface PersonalGain {
  readonly method: string;
  /** Share right with it. */
  readonly right: number;
  /** Less the general reading's. */
  readonly gain: Interval;
  readonly writersWorse: number;
}

/** Two classes ask for the side alone, five for its strength as well. */
export interface SideOrStrength {
  readonly writers: number;
  readonly texts: number;
  readonly side: readonly PersonalGain[];
  readonly strength: readonly PersonalGain[];
}

/** The oldest share of a writer's texts, which are known. */
export const knownShare = 0.65;
const mostChoosing = 40;

/** A writer's texts, in two. */
interface Split {
  readonly known: readonly LabelledTone[];
  readonly later: readonly LabelledTone[];
  /** What is known of another writer. */
  readonly others: readonly LabelledTone[];
  readonly before: TextsBefore;
}

/** The later texts, read so or so. */
type Readings = (split: Split) => readonly LabelledTone[];

/**
 * Measures on writers that nothing was chosen on; variances over texts are learned from `choosing`.
 * @param before later texts of those who are measured, read with known ones as a hard prompt
 */
export async function sideOrStrength(
  measured: readonly ReadRatedWriter[],
  before: readonly TextsBefore[],
  choosing: readonly ReadRatedWriter[],
  scale: OrdinalScale,
  random: Random,
): Promise<SideOrStrength> {
  const sided = measured.map((writer) => ({ ...writer, labels: writer.labels.map(asSide) }));
  const writersOf = (isSided: boolean) =>
    choosing
      .slice(0, mostChoosing)
      .map(({ writer, labels }) => ({ writer, labels: isSided ? labels.map(asSide) : labels }));
  const five = (labels: readonly LabelledTone[]) => labels.map(asAnswer);
  const table = async (
    writers: readonly ReadRatedWriter[],
    asKnown: (labels: readonly LabelledTone[]) => readonly LabelledTone[],
    isRight: (read: LabelledTone) => boolean,
  ): Promise<readonly PersonalGain[]> => {
    const others = writersOf(writers === sided).map(({ labels }) => asKnown(labels));
    const taste = await fitFieldPrior(others, scale, ["bias", "taste"]);
    const near = await fitFieldPrior(others, scale, ["bias", "near"]);
    const halves = writers.map(({ labels }) => {
      const count = Math.floor(knownShare * labels.length);
      return { known: asKnown(labels.slice(0, count)), later: labels.slice(count) };
    });
    const splits = halves.map((half, at) => ({
      ...half,
      others: halves.at(at - 1)!.known,
      before: before[at]!,
    }));
    const score = (readings: Readings): readonly number[] =>
      splits.map((split) => mean(readings(split).map((read) => (isRight(read) ? 1 : 0))));
    const general = score(({ later }) => later);
    const own = shifted(writerPrior, scale);
    const methods: Readonly<Record<string, Readings>> = {
      bias: shifted({ ...writerPrior, spread: 1e-3 }, scale),
      "bias and spread": own,
      "another critic's bias and spread": (split) => own({ ...split, known: split.others }),
      "bias and taste": field(taste, scale),
      "bias and near texts": field(near, scale),
      "near texts as a hard prompt": ({ later, before }) => readAs(later, before.own),
      "another critic's near texts as a hard prompt": ({ later, before }) => readAs(later, before.anothers),
      "near texts as a hard prompt, bias and spread": (split) =>
        own({ ...split, later: readAs(split.later, split.before.own) }),
    };
    return Object.entries(methods).map(([method, readings]) => {
      const own = score(readings);
      const gains = own.map((right, at) => right - general[at]!);
      return {
        method,
        right: mean(own),
        gain: pairedBootstrap(gains, random),
        writersWorse: mean(gains.map((gain) => (gain < 0 ? 1 : 0))),
      };
    });
  };
  return {
    writers: measured.length,
    texts: mean(measured.map(({ labels }) => labels.length)),
    side: await table(
      sided,
      (labels) => labels,
      (read) => isRightSide(read.target, classShares(read.latent, scaleOfText(read, scale))),
    ),
    strength: await table(measured, five, (read) => {
      const shares = classShares(read.latent, scaleOfText(read, scale));
      return shares.indexOf(Math.max(...shares)) === classOf(read);
    }),
  };
}

function shifted(prior: typeof writerPrior, scale: OrdinalScale): Readings {
  return ({ known, later }) => {
    const { shift } = WriterPosterior.of(known, scale, prior);
    return later.map((text) => ({ ...text, latent: shiftLatent(text.latent, shift, scale) }));
  };
}

function field(prior: FieldPrior, scale: OrdinalScale): Readings {
  return ({ known, later }) => {
    const own = WriterField.fit(known, scale, prior);
    return later.map((text) => ({ ...text, latent: text.latent + own.shiftAt(text) }));
  };
}

const readAs = (later: readonly LabelledTone[], readings: ReadingsByKey): readonly LabelledTone[] =>
  later.map((text) => ({ ...text, ...readings.get(text.key) }));

/** Two classes, cut where a rating is three fifths of the best; a text that says its side already keeps it. */
function asSide(label: LabelledTone): LabelledTone {
  const { target } = label;
  if (target.kind === "classes") return label;
  const side: ToneTarget = {
    kind: "classes",
    members: target.valence >= 0.2 ? [3, 4] : [0, 1],
    universe: [0, 1, 3, 4],
  };
  return { ...label, target: side };
}

const classOf = ({ target }: LabelledTone): number =>
  target.kind === "valence" ? nearestClass(target.valence) : -1;
