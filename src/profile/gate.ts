import type { Interval } from "../evaluation/bootstrap.ts";

/** Whether what was learned for a task is used, and why. */
export interface Gate {
  readonly open: boolean;
  readonly reason: string;
}

/** Below this the prompts would learn the few texts by heart. */
export const fewestWords = 2_000;

/** Masked-LM losses of the writer's own prompts against the shared ones, on the same held-out text. */
export interface MaskingEvidence {
  readonly documents: number;
  /** own − shared in nats, paired by document. */
  readonly difference: Interval;
}

/** Opens own words and drift, nothing else: a lower loss on held-out text does not prove better readings. */
export function maskingGate(evidence: MaskingEvidence): Gate {
  const { documents, difference } = evidence;
  const measured = `own − shared loss on ${documents} held-out documents: ${inNats(difference)} nats`;
  if (documents < 2) {
    return { open: false, reason: "too few documents to hold any out: learn at least ten" };
  }
  if (!Number.isFinite(difference.mean)) {
    return {
      open: false,
      reason: "the loss was not finite: learning went wrong, so the general model is used",
    };
  }
  if (difference.high < 0) {
    return { open: true, reason: measured };
  }
  const verdict = difference.low > 0 ? "worse than shared" : "no proven gain";
  return { open: false, reason: `${verdict}; ${measured}` };
}

function inNats({ mean, low, high }: Interval): string {
  return `${signed(mean)} [${signed(low)}, ${signed(high)}]`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}
