import { fewestMeasured, type Gate } from "../numbers/gate.ts";
import type { Interval } from "../numbers/intervals.ts";

/** Below this the prompts would learn the few texts by heart. */
export const fewestWords = 2_000;

/** Of fewer, enough to learn from and enough to prove on cannot both be had. */
export const fewestDocuments = 20;

/** Masked-LM losses of the writer's own prompts against others, on the same text that was not learned from. */
export interface MaskingEvidence {
  readonly documents: number;
  /** own − shared in nats, paired by document; an interval that holds with few. */
  readonly difference: Interval;
  /** Against other writers' own prompts; absent where nobody else has learned on this machine. */
  readonly strangers?: StrangersEvidence | undefined;
}

export interface StrangersEvidence {
  readonly writers: number;
  /** own − theirs in nats, of the one that comes closest. */
  readonly difference: Interval;
}

/** Opens own words and drift, nothing else: a lower loss on held-out text does not prove better readings. */
export function maskingGate(evidence: MaskingEvidence): Gate {
  const { documents, difference } = evidence;
  const measured = `loss with the writer's prompts less loss with the shared ones, on ${documents} held-out documents: ${inNats(difference)} nats (a measure of surprise; below zero is better)`;
  if (documents < fewestMeasured) return tooFewToProve;
  if (!Number.isFinite(difference.mean)) {
    return {
      open: false,
      reason: "learning went wrong (the loss is not a finite number), so the general model is used",
    };
  }
  if (difference.high < 0) {
    return { open: true, reason: `${whoseTheyAre(evidence)}; ${measured}` };
  }
  const verdict = difference.low > 0 ? "worse than before learning" : "no proven gain";
  return { open: false, reason: `${verdict}; ${measured}` };
}

/** Where too few documents could be kept apart. */
export const tooFewToProve: Gate = {
  open: false,
  reason:
    `too few documents to prove a gain: it takes ${fewestDocuments} in all at the first learning, ` +
    `and ${fewestMeasured} that nothing was ever learned from`,
};

/** Prompts can fit a topic as well as a person; only others' prompts can tell. */
function whoseTheyAre({ strangers }: Pick<MaskingEvidence, "strangers">): string {
  if (strangers === undefined) {
    return "adapted to texts like these (whether to this writer alone cannot be said: no other writer has been learned here)";
  }
  const { writers, difference } = strangers;
  const others = writers === 1 ? "another writer's" : `${writers} other writers'`;
  return areOwn(strangers)
    ? `the writer's own: better than ${others} prompts by ${(-difference.mean).toFixed(3)} nats`
    : `adapted to texts like these: ${others} prompts may do as well (${inNats(difference)} nats)`;
}

/** Whether strangers' prompts do worse for sure. */
const areOwn = ({ difference }: StrangersEvidence): boolean => difference.high < 0;

function inNats({ mean, low, high }: Interval): string {
  return `${signed(mean)} [${signed(low)}, ${signed(high)}]`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}
