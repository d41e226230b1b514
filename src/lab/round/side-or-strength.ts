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
const knownShare = 0.65;
const mostChoosing = 40;

type Latents = (
  known: readonly LabelledTone[],
  later: readonly LabelledTone[],
  /** What is known of another writer. */
  others: readonly LabelledTone[],
) => readonly number[];

/** Measures on writers that nothing was chosen on; variances over texts are learned from `choosing`. */
export async function sideOrStrength(
  measured: readonly ReadRatedWriter[],
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
    isRight: (label: LabelledTone, latent: number) => boolean,
  ): Promise<readonly PersonalGain[]> => {
    const others = writersOf(writers === sided).map(({ labels }) => asKnown(labels));
    const taste = await fitFieldPrior(others, scale, ["bias", "taste"]);
    const near = await fitFieldPrior(others, scale, ["bias", "near"]);
    const split = writers.map(({ labels }) => {
      const count = Math.floor(knownShare * labels.length);
      return { known: asKnown(labels.slice(0, count)), later: labels.slice(count) };
    });
    const score = (latents: Latents): readonly number[] =>
      split.map(({ known, later }, at) => {
        const read = latents(known, later, split.at(at - 1)!.known);
        return mean(later.map((label, at) => (isRight(label, read[at]!) ? 1 : 0)));
      });
    const general = score((_, later) => later.map(({ latent }) => latent));
    const methods: Readonly<Record<string, Latents>> = {
      bias: shifted({ ...writerPrior, spread: 1e-3 }, scale),
      "bias and spread": shifted(writerPrior, scale),
      "another critic's bias and spread": (_, later, others) =>
        shifted(writerPrior, scale)(others, later, []),
      "bias and taste": field(taste, scale),
      "bias and near texts": field(near, scale),
    };
    return Object.entries(methods).map(([method, latents]) => {
      const own = score(latents);
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
      (label, latent) => isRightSide(label.target, classShares(latent, scaleOfText(label, scale))),
    ),
    strength: await table(measured, five, (label, latent) => {
      const shares = classShares(latent, scaleOfText(label, scale));
      return shares.indexOf(Math.max(...shares)) === classOf(label);
    }),
  };
}

function shifted(prior: typeof writerPrior, scale: OrdinalScale): Latents {
  return (known, later) => {
    const { shift } = WriterPosterior.of(known, scale, prior);
    return later.map(({ latent }) => shiftLatent(latent, shift, scale));
  };
}

function field(prior: FieldPrior, scale: OrdinalScale): Latents {
  return (known, later) => {
    const own = WriterField.fit(known, scale, prior);
    return later.map((text) => text.latent + own.shiftAt(text));
  };
}

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
