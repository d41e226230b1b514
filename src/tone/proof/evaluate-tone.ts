import { type Interval, meanInterval, pairedBootstrap } from "../../numbers/intervals.ts";
import { mean } from "../../numbers/mean.ts";
import { type ClassShares, expectedValence, type MinimumConfidence } from "../head/ordinal-scale.ts";
import { isRightSide, valenceError } from "../labels/labelled-tone.ts";
import { abstentionShare, readTone } from "../reading/tone-reading.ts";
import type { HeldOutTone } from "./held-out-tone.ts";

/** How one way of reading met the held-out labels. */
export interface ToneScore {
  /** Share of labels whose side (negative, neutral, positive) was the likeliest one, abstentions counted too. */
  readonly accuracy: Interval;
  /** Mean distance between valence and label, 0 to 2. */
  readonly meanAbsoluteError: Interval;
  /** Share of texts of which no clear tone was said. */
  readonly abstained: number;
}

/** The held-out report on tone. Intervals are by document: 95 %, but for that of the error. */
export interface ToneReport {
  readonly documents: number;
  readonly labels: number;
  readonly general: ToneScore;
  readonly personal: ToneScore;
  /** Personal less general: above 0 is better. */
  readonly accuracyGain: Interval;
  /** General less personal: above 0 is better. An interval that holds with few documents. */
  readonly errorGain: Interval;
}

/** Compares general and personal readings of labels that were not learned from, oldest first, paired by document. */
export function evaluateTone(
  heldOut: readonly HeldOutTone[],
  random: () => number,
  minimum?: MinimumConfidence,
): ToneReport {
  const documents = [...Map.groupBy(heldOut, ({ label }) => label.document).values()];
  const byDocument = (measure: (held: HeldOutTone) => number): readonly number[] =>
    documents.map((group) => mean(group.map(measure)));
  const interval = (measure: (held: HeldOutTone) => number): Interval =>
    pairedBootstrap(byDocument(measure), random);
  const gain = (held: HeldOutTone): number => error(held, held.general) - error(held, held.personal);
  const right = ({ label }: HeldOutTone, shares: ClassShares): number =>
    isRightSide(label.target, shares) ? 1 : 0;
  const error = ({ label }: HeldOutTone, shares: ClassShares): number =>
    valenceError(label.target, expectedValence(shares));
  const score = (way: "general" | "personal"): ToneScore => ({
    accuracy: interval((held) => right(held, held[way])),
    meanAbsoluteError: interval((held) => error(held, held[way])),
    abstained: abstentionShare(heldOut.map((held) => readTone(held[way], minimum))),
  });
  return {
    documents: documents.length,
    labels: heldOut.length,
    general: score("general"),
    personal: score("personal"),
    accuracyGain: interval((held) => right(held, held.personal) - right(held, held.general)),
    errorGain: meanInterval(byDocument(gain)),
  };
}
