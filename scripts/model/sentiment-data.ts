import type { NearDuplicates } from "../../src/evaluation/near-duplicates.ts";
import type { Random } from "../../src/learning/random.ts";
import type { Tokenizer } from "../../src/plm/tokenizer.ts";
import {
  binaryTexts,
  goemotionsTexts,
  type LabelledText,
  type SentimentExample,
  sst2Texts,
  sst5Texts,
} from "./sentiment-sets.ts";
import { measuringFiles, readLabelled, sentimentSources } from "./sources.ts";
import { maximumTokens, tokeniseText } from "./text-data.ts";

const heldOutShare = 0.05;
const mostHeldOut = 400;

/** Sets to measure on; none of these texts, nor a near copy, is trained on. */
export const measuringSets = [
  "sst2Dev",
  "sst5Dev",
  "sst2",
  "sst5",
  "mr",
  "goemotions3Dev",
  "goemotions3",
] as const;
export type MeasuringSet = (typeof measuringSets)[number];

/** Labelled texts before near-duplicates are removed; counts tell what was left out so far. */
export interface DealtSentiment {
  readonly train: readonly LabelledText[];
  /** Held out of the training sets, for early stopping. */
  readonly heldOut: readonly LabelledText[];
  readonly rows: Readonly<Record<string, number>>;
}

/** Reads the open sets and deals out the held-out share of each. */
export function dealSentiment(dataPath: string, random: Random): DealtSentiment {
  const train: LabelledText[] = [];
  const heldOut: LabelledText[] = [];
  const rows: Record<string, number> = {};
  for (const { set, file } of sentimentSources) {
    const all = readLabelled(dataPath, file);
    // Sentences of MR that SST has in dev or test are for measuring.
    const open = all.filter(({ sst }) => sst !== "dev" && sst !== "test");
    const texts = random
      .fork(`sentiment/${set}`)
      .shuffle(set === "goemotions" ? goemotionsTexts(open) : binaryTexts(set, open));
    const heldOutCount = Math.min(mostHeldOut, Math.floor(texts.length * heldOutShare));
    heldOut.push(...texts.slice(0, heldOutCount));
    train.push(...texts.slice(heldOutCount));
    rows[set] = all.length;
  }
  return { train, heldOut, rows };
}

/** The only place where SST and the test parts of other sets are read: for measuring, never for training. */
export function readMeasuringSets(dataPath: string): Record<MeasuringSet, LabelledText[]> {
  const sstDev = readLabelled(dataPath, measuringFiles.sstDev);
  const sstTest = readLabelled(dataPath, measuringFiles.sstTest);
  const mrFile = sentimentSources.find(({ set }) => set === "mr")!.file;
  return {
    sst2Dev: sst2Texts(sstDev),
    sst5Dev: sst5Texts(sstDev),
    sst2: sst2Texts(sstTest),
    sst5: sst5Texts(sstTest),
    mr: binaryTexts(
      "mr",
      readLabelled(dataPath, mrFile).filter(({ sst }) => sst === "test"),
    ),
    goemotions3Dev: goemotionsTexts(readLabelled(dataPath, measuringFiles.goemotionsDev)),
    goemotions3: goemotionsTexts(readLabelled(dataPath, measuringFiles.goemotionsTest)),
  };
}

/** What happened to one training set. */
export interface SentimentSetReport {
  readonly rows: number;
  readonly trained: number;
  readonly heldOut: number;
  readonly removedDuplicates: number;
  /** Longer than the model's training length; left out rather than cut. */
  readonly tooLong: number;
}

/** Tokenised examples for training, without near copies of measured texts. */
export function tokeniseSentiment(
  dealt: DealtSentiment,
  measured: NearDuplicates,
  tokenizer: Tokenizer,
): { readonly train: SentimentExample[]; readonly report: Record<string, SentimentSetReport> } {
  const counts: Record<string, { -readonly [K in keyof SentimentSetReport]: SentimentSetReport[K] }> = {};
  for (const [set, rows] of Object.entries(dealt.rows)) {
    const heldOut = dealt.heldOut.filter((text) => text.set === set).length;
    counts[set] = { rows, trained: 0, heldOut, removedDuplicates: 0, tooLong: 0 };
  }
  const train = dealt.train.flatMap((text) => {
    const count = counts[text.set]!;
    if (measured.has(text.text)) {
      count.removedDuplicates++;
      return [];
    }
    const example = tokeniseLabelled(text, tokenizer);
    if (example.ids.length > maximumTokens) {
      count.tooLong++;
      return [];
    }
    count.trained++;
    return [example];
  });
  return { train, report: counts };
}

/** An example of whatever length. */
export function tokeniseLabelled(labelled: LabelledText, tokenizer: Tokenizer): SentimentExample {
  const { text, ...rest } = labelled;
  return { ...tokeniseText(text, tokenizer), ...rest };
}
