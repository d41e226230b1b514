import { NearDuplicates } from "../../src/lab/measures/near-duplicates.ts";
import { createRandom, type Random } from "../../src/numbers/random.ts";
import { readRewrites } from "./left-out.ts";
import { dealBlogs, readBlogs } from "./open-blogs.ts";
import { findRepeats } from "./repeats.ts";
import {
  type CleanedSentiment,
  type DealtSentiment,
  dealSentiment,
  type MeasuringSet,
  readMeasuringSets,
  removeMeasured,
} from "./sentiment-data.ts";
import type { LabelledText } from "./sentiment-sets.ts";
import { readDocuments, type SourceDocument, type TextSource, textSources } from "./sources.ts";
import { type DealtDocuments, dealDocuments, removeDuplicates } from "./text-data.ts";
import type { TrainingKind } from "./training-kind.ts";

export interface DealOptions {
  /** The folder with `text/` and `general/`. */
  readonly dataPath: string;
  /** `open` if absent. */
  readonly kind?: TrainingKind;
  /** Decides which documents and writers are held out; 1 if absent. */
  readonly seed?: number;
}

/** One source of text, dealt out, without near copies between training and measuring. */
export interface DealtSource {
  readonly source: TextSource;
  readonly documents: number;
  readonly dealt: DealtDocuments;
  readonly removedParagraphs: number;
}

/** All sets of a build as text: what is trained on and what is measured share nothing. */
export interface DealtData {
  readonly text: readonly DealtSource[];
  readonly sentiment: DealtSentiment;
  readonly cleaned: CleanedSentiment;
  readonly measuring: Readonly<Record<MeasuringSet, readonly LabelledText[]>>;
  readonly leftOutOfTests: { readonly tweeteval: number; readonly newWriterParagraphs: number };
}

/**
 * Reads the sets and deals them out by seed. Near copies of held-out text, of the paragraphs that a voice is measured
 * on and of all tests but TweetEval's are taken out of the training text; TweetEval and the new writers lose what training text
 * nearly repeats.
 */
export function dealData({ dataPath, kind = "open", seed = 1 }: DealOptions): DealtData {
  const random = createRandom(seed);
  const sentiment = dealSentiment(dataPath, random, kind);
  const measuring = readMeasuringSets(dataPath);
  const read = textSources.map((source) => dealSource(source, dataPath, random));
  const { tweeteval, ...guarded } = measuring;
  const measured = new NearDuplicates();
  for (const { text } of [...Object.values(guarded).flat(), ...sentiment.heldOut]) measured.add(text);
  for (const paragraph of readRewrites(dataPath)) measured.add(paragraph);
  for (const paragraph of paragraphsOf(read.flatMap(({ dealt }) => dealt.heldOut))) measured.add(paragraph);
  const cleaned = removeMeasured(sentiment, measured);
  const text = read.map((source) => cleanSource(source, measured));

  const training = [...trainingTexts({ text, cleaned })];
  const tweets = findRepeats(tweeteval, (tweet) => tweet.text, training).tests;
  const fresh = paragraphsOf(text.flatMap(({ dealt }) => dealt.newWriters));
  const repeated = findRepeats(fresh, (paragraph) => paragraph, training).tests;
  return {
    text: text.map((source) => leaveOut(source, repeated)),
    sentiment,
    cleaned,
    measuring: { ...measuring, tweeteval: tweeteval.filter((tweet) => !tweets.has(tweet)) },
    leftOutOfTests: { tweeteval: tweets.size, newWriterParagraphs: repeated.size },
  };
}

/** Every text that is trained on: labelled texts and paragraphs. */
export function* trainingTexts({ text, cleaned }: Pick<DealtData, "text" | "cleaned">): Iterable<string> {
  for (const labelled of cleaned.train) yield labelled.text;
  for (const { dealt } of text) yield* paragraphsOf(dealt.train);
}

function dealSource(source: TextSource, dataPath: string, random: Random): DealtSource {
  if (source.kind === "blogs") {
    const posts = readBlogs(dataPath, source.file);
    return { source, documents: posts.length, dealt: dealBlogs(posts), removedParagraphs: 0 };
  }
  const documents = readDocuments(dataPath, source);
  const dealt = dealDocuments(source.kind, documents, random);
  return { source, documents: documents.length, dealt, removedParagraphs: 0 };
}

function cleanSource(source: DealtSource, measured: NearDuplicates): DealtSource {
  const { documents: train, removedParagraphs } = removeDuplicates(source.dealt.train, measured);
  return { ...source, dealt: { ...source.dealt, train }, removedParagraphs };
}

function leaveOut(source: DealtSource, repeated: ReadonlySet<string>): DealtSource {
  const newWriters = source.dealt.newWriters.map((document) => ({
    ...document,
    paragraphs: document.paragraphs.filter((paragraph) => !repeated.has(paragraph)),
  }));
  return { ...source, dealt: { ...source.dealt, newWriters } };
}

function paragraphsOf(documents: readonly SourceDocument[]): readonly string[] {
  return documents.flatMap(({ paragraphs }) => paragraphs);
}
