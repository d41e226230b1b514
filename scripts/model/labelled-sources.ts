import {
  byEmotions,
  emobankPart,
  fromMinusTwo,
  inSplit,
  type LabelledRow,
  type LabelledSource,
  numbered,
  outsideSstTests,
} from "../../src/lab/measures/measuring-sources.ts";
import type { TrainingKind } from "./training-kind.ts";

/** A set to train on. */
export interface SentimentSource extends LabelledSource {
  readonly set: string;
  readonly licence: string;
  /** Whether nothing is held out of it, because it has a dev part of its own. */
  readonly hasDev?: true;
}

const made = "by this project, labels by a language model; texts under the licences of their writers";

/** Labelled sets under an open licence. The first is the one whose lines between the classes readings follow. */
const openSources: readonly SentimentSource[] = [
  {
    set: "prose",
    file: "tone/prose.train.jsonl.gz",
    classes: 5,
    labelOf: fromMinusTwo,
    licence: made,
    hasDev: true,
  },
  {
    set: "prose_uncertain",
    file: "tone/prose_uncertain.train.jsonl.gz",
    classes: 5,
    labelOf: fromMinusTwo,
    licence: made,
    hasDev: true,
  },
  { set: "hard", file: "tone/hard.train.jsonl.gz", classes: 5, labelOf: fromMinusTwo, licence: "CC0" },
  {
    set: "goemotions",
    file: "general/goemotions.train.jsonl.gz",
    classes: 3,
    labelOf: byEmotions,
    licence: "CC BY 4.0 (Demszky and others 2020)",
  },
  {
    set: "vader_movie",
    file: "tone/vader_movie.jsonl.gz",
    classes: 5,
    labelOf: outsideSstTests,
    licence: "MIT (Hutto and Gilbert 2014)",
  },
  {
    set: "vader_nyt",
    file: "tone/vader_nyt.jsonl.gz",
    classes: 5,
    labelOf: numbered,
    licence: "MIT (Hutto and Gilbert 2014)",
  },
  {
    set: "vader_amazon",
    file: "tone/vader_amazon.jsonl.gz",
    classes: 5,
    labelOf: numbered,
    licence: "MIT (Hutto and Gilbert 2014)",
  },
  {
    set: "emobank",
    file: "tone/emobank.jsonl.gz",
    classes: 5,
    labelOf: emobankPart("train"),
    licence: "CC BY-SA 4.0 (Buechel and Hahn 2017)",
    hasDev: true,
  },
  {
    set: "mr",
    file: "general/mr.all.jsonl.gz",
    classes: 2,
    labelOf: outsideSstTests,
    licence: "CC BY 4.0 (Pang and Lee 2005)",
  },
  {
    set: "cr",
    file: "general/cr.all.jsonl.gz",
    classes: 2,
    labelOf: numbered,
    licence: "CC BY 4.0 (Hu and Liu 2004)",
  },
  {
    set: "pros_cons",
    file: "general/pros_cons.all.jsonl.gz",
    classes: 2,
    labelOf: numbered,
    licence: "CC BY 4.0 (Ganapathibhotla and Liu 2008)",
  },
  {
    set: "kotzias_amazon",
    file: "general/kotzias_amazon.all.jsonl.gz",
    classes: 2,
    labelOf: numbered,
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "kotzias_imdb",
    file: "general/kotzias_imdb.all.jsonl.gz",
    classes: 2,
    labelOf: numbered,
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "kotzias_yelp",
    file: "general/kotzias_yelp.all.jsonl.gz",
    classes: 2,
    labelOf: numbered,
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "newsmtsc",
    file: "tone/newsmtsc.jsonl.gz",
    classes: 3,
    labelOf: inSplit("train"),
    licence: "MIT (Hamborg and Donnay 2021)",
    hasDev: true,
  },
  {
    set: "dev_so",
    file: "tone/dev_so.jsonl.gz",
    classes: 3,
    labelOf: inSplit("train"),
    licence: "MIT (Calefato and others 2018); texts CC BY-SA 3.0",
    hasDev: true,
  },
  {
    set: "dev_github",
    file: "tone/dev_github.jsonl.gz",
    classes: 3,
    labelOf: inSplit("train"),
    licence: "CC0 as a compilation (Novielli and others 2020); that of its first source is not known",
    hasDev: true,
  },
  {
    set: "premo",
    file: "tone/premo.jsonl.gz",
    classes: 3,
    labelOf: numbered,
    licence: "MIT (opus-research)",
  },
  {
    set: "xed",
    file: "tone/xed.jsonl.gz",
    classes: 3,
    labelOf: numbered,
    licence: "CC BY 4.0 (Öhman and others 2020)",
  },
];

const sstLicence = "none stated, for research alone (Socher and others 2013)";
const fewestNeutralWords = 4;
/** Neutral phrases of a few words, a third of all, say nothing. */
const sayingPhrases = ({ text, label }: LabelledRow): number | undefined =>
  label === 2 && text.split(" ").length < fewestNeutralWords ? undefined : Number(label);

/** What a research build is trained on as well. They have a dev part, so nothing of them is held out. */
export const researchSources: readonly SentimentSource[] = [
  {
    set: "sst5",
    file: "general/sst5.train.jsonl.gz",
    classes: 5,
    labelOf: numbered,
    licence: sstLicence,
    hasDev: true,
  },
  {
    set: "sst5_phrases",
    file: "general/sst5_phrases.train.jsonl.gz",
    classes: 5,
    labelOf: sayingPhrases,
    licence: sstLicence,
    hasDev: true,
  },
];

/** Labelled sets that a build of this kind is trained on; the open ones come first. */
export function sentimentSources(kind: TrainingKind): readonly SentimentSource[] {
  return kind === "research" ? [...openSources, ...researchSources] : openSources;
}

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
    "voice/rewrites": "what a voice is measured on",
  };
}
