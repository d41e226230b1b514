import { type PaddedBatch, padBatch } from "../../src/learning/batching.ts";
import { applyMasks, chooseMask, type MaskedBatch, type MaskingOptions } from "../../src/learning/masking.ts";
import type { Passage } from "../../src/learning/passages.ts";
import type { Random } from "../../src/numbers/random.ts";
import { classMasks } from "../../src/tone/head/tone-classes.ts";
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
  prose: 0.34,
  prose_uncertain: 0.18,
  hard: 0.24,
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

export interface BatchOptions {
  readonly masking: MaskingOptions;
  readonly padId: number;
  readonly enders: readonly number[];
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
  readonly #enders: ReadonlySet<number>;

  /** `enders` are the ids of the marks that end sentences. */
  constructor(
    data: Pick<BuildData, "text" | "sentiment">,
    random: Random,
    { masking, padId, enders }: BatchOptions,
  ) {
    this.#random = random;
    this.#masking = masking;
    this.#padId = padId;
    this.#enders = new Set(enders);
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

  /**
   * Labelled texts, and behind them so many without a label: sentences of the text, and labelled texts whose label is
   * not told. Several steps' texts are drawn together and dealt by length, which leaves little padding.
   */
  sentiment(step: number, size: number, unlabelled = 0): SentimentBatch {
    const random = this.#random.fork(`sentiment ${Math.floor(step / stepsTogether)}`);
    const drawn = draw(this.#sentiment, size * stepsTogether, random);
    const order = random.shuffle(Array.from({ length: stepsTogether }, (_, at) => at));
    const untold = Array.from({ length: unlabelled * stepsTogether }, () => this.#untold(random));
    const place = order[step % stepsTogether]!;
    const labelled = sliceByLength(drawn, place, size);
    const examples = [...labelled, ...sliceByLength(untold, place, unlabelled)];
    const targets = [
      ...labelled.map(({ label, classes }) => classMasks(label, classes)),
      ...Array.from({ length: unlabelled }, () => anything),
    ];
    return {
      ...padBatch(examples, this.#padId, 4),
      members: Float32Array.from(targets.flatMap(({ members }) => members)),
      universe: Float32Array.from(targets.flatMap(({ universe }) => universe)),
      sets: BigInt64Array.from(examples, ({ set }) =>
        BigInt(Math.max(0, BuildBatches.sets.indexOf(set ?? ""))),
      ),
    };
  }

  #untold(random: Random): Untold {
    if (random() >= shareOfText) return { ids: draw(this.#sentiment, 1, random)[0]!.ids };
    const [passage] = draw(this.#text, 1, random);
    return { ids: drawSentence(passage!.ids, this.#enders, random) };
  }
}

/** A text whose label is not told. */
type Untold = Pick<Passage, "ids"> & { readonly set?: undefined };

/** A label that says nothing: every class is meant, of all there are. */
const anything = { members: [1, 1, 1, 1, 1], universe: [1, 1, 1, 1, 1] };
/** How many of the texts without a label are sentences of the text. */
const shareOfText = 0.6;

/** Part number `place` of what was drawn, in order of length. */
function sliceByLength<T extends { readonly ids: ArrayLike<number> }>(
  drawn: readonly T[],
  place: number,
  size: number,
): readonly T[] {
  return drawn.toSorted((a, b) => a.ids.length - b.ids.length).slice(place * size, (place + 1) * size);
}

/**
 * One sentence of a passage, with its special tokens: from behind one mark that ends a sentence to the next. Where a
 * dot ends none, part of a sentence is drawn, which does no harm where nothing is said of it.
 */
export function drawSentence(ids: Passage["ids"], enders: ReadonlySet<number>, random: Random): Uint16Array {
  const ends = [0];
  for (let at = 1; at < ids.length - 1; at++) if (enders.has(ids[at]!)) ends.push(at);
  if (ends.at(-1) !== ids.length - 2) ends.push(ids.length - 2);
  const sentence = random.integer(ends.length - 1);
  return Uint16Array.of(
    ids[0]!,
    ...ids.subarray(ends[sentence]! + 1, ends[sentence + 1]! + 1),
    ids[ids.length - 1]!,
  );
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
