import { type PaddedBatch, padBatch } from "../../src/learning/batching.ts";
import { applyMasks, chooseMask, type MaskedBatch, type MaskingOptions } from "../../src/learning/masking.ts";
import type { Passage } from "../../src/learning/passages.ts";
import type { Random } from "../../src/learning/random.ts";
import { ordinalTarget } from "../../src/tasks/sentiment/ordinal-head.ts";
import type { BuildData } from "./data.ts";
import type { SentimentExample } from "./sentiment-sets.ts";
import { type TextKind, textKinds } from "./sources.ts";

/** How often each kind of text is drawn: modern prose more often than its size, old books less. */
const textShares: Readonly<Record<TextKind, number>> = {
  wikipedia: 0.22,
  wikitext: 0.04,
  books: 0.12,
  textbooks: 0.08,
  government: 0.16,
  speeches: 0.03,
  mixed: 0.05,
  blogs: 0.3,
};

/**
 * How often each labelled set is drawn: ordinary prose most, then what is hard. The last two are there in a
 * research build only; without them the others are drawn as ever.
 */
const sentimentShares: Readonly<Record<string, number>> = {
  prose: 0.32,
  prose_uncertain: 0.16,
  hard: 0.16,
  goemotions: 0.09,
  vader_movie: 0.06,
  emobank: 0.04,
  mr: 0.03,
  dev_so: 0.02,
  dev_github: 0.02,
  newsmtsc: 0.025,
  vader_nyt: 0.015,
  vader_amazon: 0.015,
  xed: 0.015,
  premo: 0.01,
  cr: 0.01,
  pros_cons: 0.01,
  kotzias_amazon: 0.005,
  kotzias_imdb: 0.005,
  kotzias_yelp: 0.005,
  sst5: 0.3,
  sst5_phrases: 0.3,
};

const stepsTogether = 8;

export interface SentimentBatch extends PaddedBatch {
  /** [batch, 5] each; see ordinalLoss. */
  readonly members: Float32Array;
  readonly universe: Float32Array;
  /** Places of the rows' sets in {@link BuildBatches.sets}, [batch]. */
  readonly sets: BigInt64Array;
}

/**
 * Deals the batches of the build. A batch depends on seed and step alone, so a resumed build goes on
 * with exactly the batches that an undisturbed one would have seen.
 */
export class BuildBatches {
  /** The labelled sets; the lines that the first one draws between classes are those of readings. */
  static readonly sets: readonly string[] = Object.keys(sentimentShares);
  readonly #text: readonly Stream<Passage>[];
  readonly #sentiment: readonly Stream<SentimentExample>[];
  readonly #random: Random;
  readonly #masking: MaskingOptions;
  readonly #padId: number;

  constructor(data: BuildData, random: Random, masking: MaskingOptions, padId: number) {
    this.#random = random;
    this.#masking = masking;
    this.#padId = padId;
    this.#text = textKinds.map((kind) => stream(textShares[kind], data.text[kind].train));
    this.#sentiment = Object.entries(sentimentShares).map(([set, share]) =>
      stream(
        share,
        data.sentiment.train.filter((example) => example.set === set),
      ),
    );
  }

  /** A masked batch and the same passages unmasked, for the teacher. */
  text(step: number, size: number): { readonly masked: MaskedBatch; readonly passages: readonly Passage[] } {
    const random = this.#random.fork(`text ${step}`);
    const passages = draw(this.#text, size, random);
    const masks = passages.map((passage) => chooseMask(passage, this.#masking, random));
    return { masked: applyMasks(padBatch(passages, this.#padId), masks), passages };
  }

  /** Several steps' texts are drawn together and dealt by length, which leaves little padding. */
  sentiment(step: number, size: number): SentimentBatch {
    const random = this.#random.fork(`sentiment ${Math.floor(step / stepsTogether)}`);
    const drawn = draw(this.#sentiment, size * stepsTogether, random);
    const sorted = drawn.toSorted((a, b) => a.ids.length - b.ids.length);
    const order = random.shuffle(Array.from({ length: stepsTogether }, (_, at) => at));
    const start = order[step % stepsTogether]! * size;
    const examples = sorted.slice(start, start + size);
    const targets = examples.map(({ label, classes }) => ordinalTarget(label, classes));
    return {
      ...padBatch(examples, this.#padId, 4),
      members: Float32Array.from(targets.flatMap(({ members }) => members)),
      universe: Float32Array.from(targets.flatMap(({ universe }) => universe)),
      sets: BigInt64Array.from(examples, ({ set }) => BigInt(BuildBatches.sets.indexOf(set))),
    };
  }
}

interface Stream<T> {
  readonly share: number;
  readonly items: readonly T[];
}

function stream<T>(share: number, items: readonly T[]): Stream<T> {
  return { share: items.length === 0 ? 0 : share, items };
}

/** Draws with replacement, stream by share and item by chance. */
function draw<T>(streams: readonly Stream<T>[], size: number, random: Random): readonly T[] {
  const total = streams.reduce((sum, { share }) => sum + share, 0);
  return Array.from({ length: size }, () => {
    let left = random() * total;
    const chosen = streams.find(({ share }) => {
      left -= share;
      return left < 0;
    });
    const { items } = chosen ?? streams.findLast(({ share }) => share > 0)!;
    return items[random.integer(items.length)]!;
  });
}
