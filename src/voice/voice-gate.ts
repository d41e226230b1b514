import { areaBelow } from "../numbers/area-under-curve.ts";
import { fewestMeasured, type Gate, gate } from "../numbers/gate.ts";
import { type Interval, meanInterval } from "../numbers/intervals.ts";
import { mean } from "../numbers/mean.ts";
import { percentage, said, whole } from "../said/said.ts";
import type { LearnedVoice } from "./learn-voice.ts";

/** Whether scores are shown, and how well passages that were not learned from are told from others'. */
export interface VoiceGate extends Gate {
  /** Area under the curve, with the interval by document; absent where it could not be measured. */
  readonly area?: (Interval & { readonly confidence: number }) | undefined;
  readonly documents: number;
}

/** A score that is wrong for more than one in four pairs helps nobody. */
const leastArea = 0.75;

/**
 * Opens where the interval of the area under the curve lies above .75. For each document: how often its passages score
 * higher than one by somebody else, neither of which was learned from.
 */
export function voiceGate({ own, others }: LearnedVoice["heldOut"]): VoiceGate {
  const ascending = Float64Array.from(others).sort();
  const areas = [...Map.groupBy(own, ({ group }) => group).values()].map((passages) =>
    mean(passages.map(({ score }) => areaBelow(ascending, score))),
  );
  const documents = areas.length;
  if (documents < fewestMeasured) return closedVoiceGate(documents);
  const interval = meanInterval(areas);
  const area = { mean: interval.mean, low: interval.low, high: interval.high, confidence: 0.99 };
  const open = interval.low > leastArea;
  const shares = [percentage(area.mean), percentage(area.low)];
  const why = open
    ? said(
        "a passage of yours scores higher than somebody else's in {0} of the pairs ({1} at least)",
        ...shares,
      )
    : said(
        "a passage of yours scores higher than somebody else's in {0} of the pairs ({1} at least), and {2} have to be sure",
        ...shares,
        percentage(leastArea),
      );
  return { ...gate(open, why), area, documents };
}

/** Of a writer of whom there is too little to learn. */
export function closedVoiceGate(documents: number): VoiceGate {
  const why = said(
    "there are only {0} documents with a paragraph of forty words, and at least {1} are needed",
    whole(documents),
    whole(fewestMeasured),
  );
  return { ...gate(false, why), documents };
}
