import { fewestMeasured, type Gate, gate } from "../numbers/gate.ts";
import type { Interval } from "../numbers/intervals.ts";
import { type Figure, type Said, said, saidCount, whole } from "../said/said.ts";

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
  if (documents < fewestMeasured) return tooFewToProve;
  if (!Number.isFinite(difference.mean)) {
    return gate(
      false,
      said("learning went wrong (the loss is not a finite number), so the general model is used"),
    );
  }
  const measured = said(
    "loss with the writer's prompts less loss with the shared ones, on {0} held-out documents: {1} nats (a measure of surprise; below zero is better)",
    whole(documents),
    inNats(difference),
  );
  if (difference.high < 0) return gate(true, said("{0}; {1}", whoseTheyAre(evidence), measured));
  const verdict = difference.low > 0 ? said("worse than before learning") : said("no proven gain");
  return gate(false, said("{0}; {1}", verdict, measured));
}

/** Where too few documents could be kept apart. */
export const tooFewToProve: Gate = gate(
  false,
  said(
    "too few documents to prove a gain: it takes {0} in all at the first learning, and {1} that nothing was ever learned from",
    whole(fewestDocuments),
    whole(fewestMeasured),
  ),
);

/** Prompts can fit a topic as well as a person; only others' prompts can tell. */
function whoseTheyAre({ strangers }: Pick<MaskingEvidence, "strangers">): Said {
  if (strangers === undefined) {
    return said(
      "adapted to texts like these (whether to this writer alone cannot be said: no other writer has been learned here)",
    );
  }
  const { writers, difference } = strangers;
  return areOwn(strangers)
    ? saidCount(
        writers,
        "the writer's own: better than another writer's prompts by {1} nats",
        "the writer's own: better than {0} other writers' prompts by {1} nats",
        { value: -difference.mean, digits: 3 },
      )
    : saidCount(
        writers,
        "adapted to texts like these: another writer's prompts may do as well ({1} nats)",
        "adapted to texts like these: {0} other writers' prompts may do as well ({1} nats)",
        inNats(difference),
      );
}

/** Whether strangers' prompts do worse for sure. */
const areOwn = ({ difference }: StrangersEvidence): boolean => difference.high < 0;

const inNats = ({ mean, low, high }: Interval): Said =>
  said("{0} [{1}, {2}]", signed(mean), signed(low), signed(high));

const signed = (value: number): Figure => ({ value, digits: 3, isSigned: true });
