import { join } from "node:path";
import { z } from "zod";
import { unpackedLines } from "./unpacked-lines.ts";

export const labelledRow = z.object({
  text: z.string(),
  label: z.union([z.number(), z.string()]).nullish(),
  labels: z.array(z.union([z.number(), z.string()])).optional(),
  sst: z.string().nullish(),
  near_sst_dev_test: z.boolean().optional(),
  split: z.string().optional(),
  genre: z.string().optional(),
  valence: z.number().optional(),
  writer: z.string().optional(),
  capability: z.string().optional(),
  expected: z.string().optional(),
  /** Of a pair: the other sentence, and what is asked of the two. */
  pair: z.string().optional(),
  side: z.union([z.number(), z.string()]).nullish(),
  /** The sentences before it in its document, the nearest last. */
  before: z.array(z.string()).optional(),
});
export type LabelledRow = z.infer<typeof labelledRow>;

/** A file of labelled texts, with how its labels are meant: nothing about a set is guessed from its name. */
export interface LabelledSource {
  /** Relative to the data folder. */
  readonly file: string;
  readonly classes: 2 | 3 | 5;
  /** The label of a row, from 0, the most negative; undefined for a row that is left out. */
  readonly labelOf: (row: LabelledRow) => number | undefined;
}

export const numbered = ({ label }: LabelledRow): number => Number(label);
export const inSplit =
  (split: string) =>
  (row: LabelledRow): number | undefined =>
    row.split === split ? numbered(row) : undefined;
/** Film reviews that SST has in dev or test are for measuring. */
export const outsideSstTests = (row: LabelledRow): number | undefined =>
  row.sst === "dev" || row.sst === "test" || row.near_sst_dev_test === true ? undefined : numbered(row);
/** -2 … 2; 'x', of which no one side can be told, is left out. */
export const fromMinusTwo = ({ label }: LabelledRow): number | undefined =>
  typeof label === "number" ? label + 2 : undefined;
export const byEmotions = ({ labels = [] }: LabelledRow): ToneLabel | undefined =>
  emotionsToLabel(labels.map(String));
/** EmoBank's headlines are from a set of another licence. */
export const emobankPart =
  (split: string) =>
  (row: LabelledRow): number | undefined =>
    row.genre === "SemEval" ? undefined : inSplit(split)(row);

/** Two classes as Socher and others (2013) make them: the neutral sentences are left out. */
const withoutNeutral = ({ label }: LabelledRow): number | undefined =>
  label === 2 ? undefined : Number(label) > 2 ? 1 : 0;
const checklistLabels: Readonly<Record<string, number>> = { neg: 0, neu: 1, pos: 2 };

/** Labelled sets for measuring only: nothing of them is ever trained on. */
export const measuringSources = {
  sst2Dev: { file: "general/sst5.dev.jsonl.gz", classes: 2, labelOf: withoutNeutral },
  sst5Dev: { file: "general/sst5.dev.jsonl.gz", classes: 5, labelOf: numbered },
  sst2: { file: "general/sst5.test.jsonl.gz", classes: 2, labelOf: withoutNeutral },
  sst5: { file: "general/sst5.test.jsonl.gz", classes: 5, labelOf: numbered },
  mr: {
    file: "general/mr.all.jsonl.gz",
    classes: 2,
    labelOf: (row) => (row.sst === "test" ? numbered(row) : undefined),
  },
  goemotions3Dev: { file: "general/goemotions.dev.jsonl.gz", classes: 3, labelOf: byEmotions },
  goemotions3: { file: "general/goemotions.test.jsonl.gz", classes: 3, labelOf: byEmotions },
  tweeteval: { file: "general/tweeteval_sentiment.test.jsonl.gz", classes: 3, labelOf: numbered },
  proseDev: { file: "tone/prose.dev.jsonl.gz", classes: 5, labelOf: fromMinusTwo },
  proseRandom: { file: "tone/prose.dev_random.jsonl.gz", classes: 5, labelOf: fromMinusTwo },
  devSo: { file: "tone/dev_so.jsonl.gz", classes: 3, labelOf: inSplit("test") },
  devGithub: { file: "tone/dev_github.jsonl.gz", classes: 3, labelOf: inSplit("test") },
  newsmtsc: { file: "tone/newsmtsc.jsonl.gz", classes: 3, labelOf: inSplit("devtest") },
  emobankDev: { file: "tone/emobank.jsonl.gz", classes: 5, labelOf: emobankPart("dev") },
  emobank: { file: "tone/emobank.jsonl.gz", classes: 5, labelOf: emobankPart("test") },
  /** Single sentences; pairs have no label of their own. */
  checklist: {
    file: "../cases/tone/checklist.jsonl",
    classes: 3,
    labelOf: ({ expected = "" }) => checklistLabels[expected],
  },
} as const satisfies Readonly<Record<string, LabelledSource>>;

/** Rows of a labelled set, in its order; the file may be packed with gzip. Throws ZodError, SyntaxError. */
export function readLabelled(dataPath: string, file: string): LabelledRow[] {
  return unpackedLines(join(dataPath, file))
    .filter((line) => line.trim() !== "")
    .map((line) => labelledRow.parse(JSON.parse(line)));
}

/** The grouping that the GoEmotions paper publishes (Demszky and others 2020, figure 2). */
const emotionGroups: Readonly<Record<string, "negative" | "neutral" | "positive" | "ambiguous">> = {
  ...group("positive", [
    ...["admiration", "amusement", "approval", "caring", "desire", "excitement"],
    ...["gratitude", "joy", "love", "optimism", "pride", "relief"],
  ]),
  ...group("negative", [
    ...["anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment"],
    ...["fear", "grief", "nervousness", "remorse", "sadness"],
  ]),
  ...group("ambiguous", ["confusion", "curiosity", "realization", "surprise"]),
  ...group("neutral", ["neutral"]),
};

/** Negative, neutral, positive. */
export type ToneLabel = 0 | 1 | 2;

/** Three classes from the emotions of a comment; `undefined` where they disagree or are ambiguous. */
export function emotionsToLabel(emotions: readonly string[]): ToneLabel | undefined {
  const groups = new Set(emotions.map((emotion) => emotionGroups[emotion]));
  if (groups.size !== 1) {
    return undefined;
  }
  const [only] = groups;
  switch (only) {
    case "negative":
      return 0;
    case "neutral":
      return 1;
    case "positive":
      return 2;
    case "ambiguous":
    case undefined:
      return undefined;
    default:
      return only satisfies never;
  }
}

function group<G extends string>(name: G, emotions: readonly string[]): Record<string, G> {
  return Object.fromEntries(emotions.map((emotion) => [emotion, name]));
}
