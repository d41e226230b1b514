import { join } from "node:path";
import { z } from "zod";
import { readLines } from "./sources.ts";
import type { TrainingKind } from "./training-kind.ts";

export interface SentimentSource {
  readonly set: string;
  /** Relative to the data folder. */
  readonly file: string;
  readonly licence: string;
}

/** Labelled sets under an open licence. Labels are read by `sentiment-sets.ts`. */
const openSources: readonly SentimentSource[] = [
  { set: "mr", file: "general/mr.all.jsonl.gz", licence: "CC BY 4.0 (Pang and Lee 2005)" },
  { set: "cr", file: "general/cr.all.jsonl.gz", licence: "CC BY 4.0 (Hu and Liu 2004)" },
  {
    set: "pros_cons",
    file: "general/pros_cons.all.jsonl.gz",
    licence: "CC BY 4.0 (Ganapathibhotla and Liu 2008)",
  },
  {
    set: "kotzias_amazon",
    file: "general/kotzias_amazon.all.jsonl.gz",
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "kotzias_imdb",
    file: "general/kotzias_imdb.all.jsonl.gz",
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "kotzias_yelp",
    file: "general/kotzias_yelp.all.jsonl.gz",
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "goemotions",
    file: "general/goemotions.train.jsonl.gz",
    licence: "CC BY 4.0 (Demszky and others 2020)",
  },
];

const sstLicence = "none stated, for research alone (Socher and others 2013)";

/** What a research build is trained on as well. They have a dev part, so nothing of them is held out. */
export const researchSources: readonly SentimentSource[] = [
  { set: "sst5", file: "general/sst5.train.jsonl.gz", licence: sstLicence },
  { set: "sst5_phrases", file: "general/sst5_phrases.train.jsonl.gz", licence: sstLicence },
];

/** Labelled sets that a build of this kind is trained on; the open ones come first. */
export function sentimentSources(kind: TrainingKind): readonly SentimentSource[] {
  return kind === "research" ? [...openSources, ...researchSources] : openSources;
}

/** Labelled sets for measuring only: nothing of them is ever trained on. */
export const measuringFiles = {
  sstDev: "general/sst5.dev.jsonl.gz",
  sstTest: "general/sst5.test.jsonl.gz",
  goemotionsDev: "general/goemotions.dev.jsonl.gz",
  goemotionsTest: "general/goemotions.test.jsonl.gz",
  tweetevalTest: "general/tweeteval_sentiment.test.jsonl.gz",
} as const;

/** Sets that lie beside the trained ones and are never trained on, each with the reason. */
export function leftOutSources(kind: TrainingKind): Readonly<Record<string, string>> {
  return {
    "text/blogs_authorship": "non-commercial research only",
    "text/news_reuters_c50": "from Reuters Corpus Volume 1, which is for research only",
    "text/email_enron": "no licence stated",
    ...(kind === "open"
      ? { "general/sst5, sst5_phrases": "no licence stated; read for measuring only" }
      : {}),
    "general/mpqa": "licence not stated in its source",
    "general/subj": "no sentiment",
    "general/semeval_tweets, tweeteval":
      "licence of the tweets unclear; TweetEval's sentiment test is read for measuring only",
    "sentiment/*": "no open licence",
    "hashtags/*": "terms of the tweets unclear",
  };
}

const labelledRow = z.object({
  text: z.string(),
  label: z.union([z.number(), z.string()]),
  labels: z.array(z.string()).optional(),
  sst: z.string().nullish(),
});
export type LabelledRow = z.infer<typeof labelledRow>;

/** Rows of a labelled set, in its order. */
export function readLabelled(dataPath: string, file: string): LabelledRow[] {
  return readLines(join(dataPath, file)).map((line) => labelledRow.parse(JSON.parse(line)));
}
