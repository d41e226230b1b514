import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { classShares, scaleOfText } from "../../src/tone/head/ordinal-scale.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import type { BuildData } from "./data.ts";
import { type Measurer, macroF1, macroRecall, toneAccuracy } from "./measure.ts";
import type { SentimentExample } from "./sentiment-sets.ts";

/** How a set of labelled texts was read. Shares lie in [0, 1]. */
export interface ToneMeasure {
  readonly texts: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly macroRecall: number;
  /** What always guessing the most frequent class would have. */
  readonly majority: number;
}

export const toneTests = ["sst2", "sst5", "mr", "goemotions3", "tweeteval"] as const;

/** The row for five classes with calibrated thresholds, and shared prompts where the model's config.json wants them, as the product reads. */
export const asRead = "sst5, as readings are made";

/** Measures on every test of tone; `measured` hears of each figure at once. */
export async function measureTone(
  measurer: Measurer,
  { sentiment: { test } }: BuildData,
  measured: (set: string, figures: ToneMeasure) => void,
): Promise<Readonly<Record<string, ToneMeasure>>> {
  const tone: Record<string, ToneMeasure> = {};
  for (const set of toneTests) {
    const figures = judge(test[set], await measurer.tone(test[set]));
    tone[set] = figures;
    measured(set, figures);
  }
  return tone;
}

/**
 * Reads five classes as the product does, calibrated (`tone-calibration.ts`); undefined for a model without a head for tone.
 */
export async function measureAsRead(
  model: PretrainedModel,
  examples: readonly SentimentExample[],
  threads: number,
): Promise<ToneMeasure | undefined> {
  const encoder = new TextEncoder(model, { threads });
  try {
    const scale = await encoder.scale();
    if (scale === undefined) return undefined;
    const readings = await encoder.read(examples, generalReader(model).tonePrompts);
    return judge(
      examples,
      readings.map((reading) =>
        Float32Array.from(classShares(reading.valence!, scaleOfText(reading, scale))),
      ),
    );
  } finally {
    await encoder.release();
  }
}

function judge(examples: readonly SentimentExample[], probabilities: readonly Float32Array[]): ToneMeasure {
  return {
    texts: examples.length,
    accuracy: toneAccuracy(examples, probabilities),
    macroF1: macroF1(examples, probabilities),
    macroRecall: macroRecall(examples, probabilities),
    majority: majority(examples),
  };
}

function majority(examples: readonly SentimentExample[]): number {
  const counts = Map.groupBy(examples, ({ label }) => label).values();
  return Math.max(...counts.map((group) => group.length)) / examples.length;
}
