import { quantile } from "../../numbers/mean.ts";
/** What lies at each hundredth of the writer's sentences; JSON. */
export interface ToneBaselineData {
  /** Sentences it was made of. */
  readonly sentences: number;
  /** 101 ascending valences, from the most negative sentence to the most positive one. */
  readonly quantiles: readonly number[];
}

/** Sentences from which on a writer has a baseline. */
const leastSentences = 20;

/** Where the writer's sentences usually lie, so that one of them can be told from the others. */
export class ToneBaseline {
  readonly data: ToneBaselineData;

  constructor(data: ToneBaselineData) {
    this.data = data;
  }

  /** Of the valences of the writer's sentences; `undefined` where they are too few to be compared with. */
  static of(valences: readonly number[]): ToneBaseline | undefined {
    if (valences.length < leastSentences) return undefined;
    const sorted = valences.toSorted((a, b) => a - b);
    const quantiles = Array.from({ length: 101 }, (_, hundredth) => quantile(sorted, hundredth / 100));
    return new ToneBaseline({ sentences: valences.length, quantiles });
  }

  /** The band in which eight of ten of the writer's sentences lie: from the 10th to the 90th percentile of their valences. */
  get band(): { readonly low: number; readonly high: number } {
    return { low: this.data.quantiles[10]!, high: this.data.quantiles[90]! };
  }

  /** Share of the writer's sentences that are more negative, 0 to 1; of equal ones half counts. */
  position(valence: number): number {
    const { quantiles } = this.data;
    const below = rankOf(quantiles, (quantile) => quantile < valence);
    const upTo = rankOf(quantiles, (quantile) => quantile <= valence);
    if (below < upTo) return (below + upTo - 1) / 2 / 100;
    if (below === 0 || below === 101) return below === 0 ? 0 : 1;
    const [low, high] = [quantiles[below - 1]!, quantiles[below]!];
    return (below - 1 + (valence - low) / (high - low)) / 100;
  }

  /** Which way a valence lies from what is usual of this writer, and how far. */
  compare(valence: number): BaselineComparison {
    const position = this.position(valence);
    const [direction, share] =
      position < 0.5 ? (["negative", 1 - position] as const) : (["positive", position] as const);
    return { direction: share < 0.65 ? undefined : direction, share };
  }
}

/** Where a sentence lies among the writer's own. */
export interface BaselineComparison {
  /** Undefined where it is as usual. */
  readonly direction: "negative" | "positive" | undefined;
  /** Of the writer's sentences, those on the other side of it: 0.5 to 1. */
  readonly share: number;
}

/** How many of the ascending values satisfy a condition that holds up to some point. */
function rankOf(sorted: readonly number[], holds: (value: number) => boolean): number {
  const first = sorted.findIndex((value) => !holds(value));
  return first < 0 ? sorted.length : first;
}
