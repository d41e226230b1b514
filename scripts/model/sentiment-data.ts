import {
  type LabelledRow,
  type LabelledSource,
  measuringSources,
  readLabelled,
} from "../../src/lab/measures/measuring-sources.ts";
import type { NearDuplicates } from "../../src/lab/measures/near-duplicates.ts";
import type { Random } from "../../src/numbers/random.ts";
import type { Tokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { sentimentSources } from "./labelled-sources.ts";
import { isLeftOut } from "./left-out.ts";
import type { LabelledText, SentimentExample } from "./sentiment-sets.ts";
import { tokeniseText } from "./text-data.ts";
import type { TrainingKind } from "./training-kind.ts";

/** Longer sentences are left out rather than cut. */
const maximumTokens = 96;
const heldOutShare = 0.05;
const mostHeldOut = 400;

/** Sets to measure on; none of these texts is trained on. */
export type MeasuringSet = keyof typeof measuringSources;
export const measuringSets = Object.keys(measuringSources) as readonly MeasuringSet[];

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
  for (const source of sentimentSources(kind)) {
    const { set, file, hasDev } = source;
    const all = readLabelled(dataPath, file);
    const own = all.filter(({ writer }) => !isLeftOut(writer));
    const texts = random.fork(`sentiment/${set}`).shuffle(labelledTexts(set, source, own));
    const share = hasDev ? 0 : heldOutShare;
    const heldOutCount = Math.min(mostHeldOut, Math.floor(texts.length * share));
    heldOut.push(...texts.slice(0, heldOutCount));
    train.push(...texts.slice(heldOutCount));
    rows[set] = all.length;
  }
  return { train, heldOut, rows };
}

function labelledTexts(
  set: string,
  { classes, labelOf }: LabelledSource,
  rows: readonly LabelledRow[],
): LabelledText[] {
  return rows.flatMap((row) => {
    const label = labelOf(row);
    return label === undefined ? [] : [{ text: row.text, set, label, classes }];
  });
}

/** The only place where dev and test parts are read: for measuring, never for training. */
export function readMeasuringSets(dataPath: string): Record<MeasuringSet, LabelledText[]> {
  const read = Object.entries(measuringSources).map(([set, source]) => [
    set,
    labelledTexts(set, source, readLabelled(dataPath, source.file)),
  ]);
  return Object.fromEntries(read) as Record<MeasuringSet, LabelledText[]>;
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
