import type { NearDuplicates } from "../../src/evaluation/near-duplicates.ts";
import type { Random } from "../../src/learning/random.ts";
import type { Tokenizer } from "../../src/plm/tokenizer.ts";
import {
  type LabelledRow,
  measuringFiles,
  readLabelled,
  researchSources,
  sentimentSources,
} from "./labelled-sources.ts";
import {
  binaryTexts,
  goemotionsTexts,
  type LabelledText,
  type SentimentExample,
  sst2Texts,
  sst5Phrases,
  sst5Texts,
  ternaryTexts,
} from "./sentiment-sets.ts";
import { maximumTokens, tokeniseText } from "./text-data.ts";
import type { TrainingKind } from "./training-kind.ts";

const heldOutShare = 0.05;
const mostHeldOut = 400;

/** Sets to measure on; none of these texts is trained on. */
export const measuringSets = [
  "sst2Dev",
  "sst5Dev",
  "sst2",
  "sst5",
  "mr",
  "goemotions3Dev",
  "goemotions3",
  "tweeteval",
] as const;
export type MeasuringSet = (typeof measuringSets)[number];

/** Labelled texts before near-duplicates are removed; counts tell what was left out so far. */
export interface DealtSentiment {
  readonly train: readonly LabelledText[];
  /** Held out of the training sets, for early stopping. */
  readonly heldOut: readonly LabelledText[];
  readonly rows: Readonly<Record<string, number>>;
}

/** Reads the sets of a kind of build and deals out the held-out share of each open one. */
export function dealSentiment(dataPath: string, random: Random, kind: TrainingKind): DealtSentiment {
  const train: LabelledText[] = [];
  const heldOut: LabelledText[] = [];
  const rows: Record<string, number> = {};
  const withDev = new Set(researchSources.map(({ set }) => set));
  for (const { set, file } of sentimentSources(kind)) {
    const all = readLabelled(dataPath, file);
    const texts = random.fork(`sentiment/${set}`).shuffle(trainingTexts(set, all));
    const share = withDev.has(set) ? 0 : heldOutShare;
    const heldOutCount = Math.min(mostHeldOut, Math.floor(texts.length * share));
    heldOut.push(...texts.slice(0, heldOutCount));
    train.push(...texts.slice(heldOutCount));
    rows[set] = all.length;
  }
  return { train, heldOut, rows };
}

function trainingTexts(set: string, rows: readonly LabelledRow[]): LabelledText[] {
  // Sentences of MR that SST has in dev or test are for measuring.
  const open = rows.filter(({ sst }) => sst !== "dev" && sst !== "test");
  switch (set) {
    case "goemotions":
      return goemotionsTexts(open);
    case "sst5":
      return sst5Texts(open);
    case "sst5_phrases":
      return sst5Phrases(open);
    default:
      return binaryTexts(set, open);
  }
}

/** The only place where dev and test parts are read: for measuring, never for training. */
export function readMeasuringSets(dataPath: string): Record<MeasuringSet, LabelledText[]> {
  const sstDev = readLabelled(dataPath, measuringFiles.sstDev);
  const sstTest = readLabelled(dataPath, measuringFiles.sstTest);
  const mrFile = sentimentSources("open").find(({ set }) => set === "mr")!.file;
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
    tweeteval: ternaryTexts("tweeteval", readLabelled(dataPath, measuringFiles.tweetevalTest)),
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

/** Labelled texts that may be trained on, and how many near copies of measured texts each set had. */
export interface CleanedSentiment {
  readonly train: readonly LabelledText[];
  readonly removed: Readonly<Record<string, number>>;
}

/** The training texts without near copies of measured texts. */
export function removeMeasured({ train, rows }: DealtSentiment, measured: NearDuplicates): CleanedSentiment {
  const removed = Object.fromEntries(Object.keys(rows).map((set) => [set, 0]));
  const kept = train.filter(({ set, text }) => {
    const isCopy = measured.has(text);
    removed[set]! += isCopy ? 1 : 0;
    return !isCopy;
  });
  return { train: kept, removed };
}

/** Tokenised examples for training, without those that are too long. */
export function tokeniseSentiment(
  dealt: DealtSentiment,
  { train: cleaned, removed }: CleanedSentiment,
  tokenizer: Tokenizer,
): { readonly train: SentimentExample[]; readonly report: Record<string, SentimentSetReport> } {
  const examples = cleaned.map((text) => tokeniseLabelled(text, tokenizer));
  const train = examples.filter(({ ids }) => ids.length <= maximumTokens);
  const countOf = (texts: readonly { readonly set: string }[], set: string): number =>
    texts.filter((text) => text.set === set).length;
  const report = Object.entries(dealt.rows).map(([set, rows]): [string, SentimentSetReport] => {
    const trained = countOf(train, set);
    const tooLong = countOf(examples, set) - trained;
    const heldOut = countOf(dealt.heldOut, set);
    return [set, { rows, trained, heldOut, removedDuplicates: removed[set]!, tooLong }];
  });
  return { train, report: Object.fromEntries(report) };
}

/** An example of whatever length. */
export function tokeniseLabelled(labelled: LabelledText, tokenizer: Tokenizer): SentimentExample {
  const { text, ...rest } = labelled;
  return { ...tokeniseText(text, tokenizer), ...rest };
}
