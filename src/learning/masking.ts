import type { Random } from "../numbers/random.ts";
import type { PaddedBatch } from "./batching.ts";
import { noWord, type Passage } from "./passages.ts";

export interface MaskingOptions {
  readonly maskId: number;
  /** Random replacements are drawn from [firstWordId, vocabularySize), so that no special token is drawn. */
  readonly firstWordId: number;
  readonly vocabularySize: number;
  /** Share of words to predict; 0.15 if absent. */
  readonly share?: number;
}

/** A text that words can be hidden in; see Passage. Without `words` there is nothing to hide. */
export interface Maskable {
  readonly ids: ArrayLike<number>;
  readonly words?: Uint16Array;
}

/** What is hidden in one passage. The two lists are parallel. */
export interface PassageMask {
  /** Token positions whose token is to be predicted, ascending. */
  readonly positions: Uint16Array;
  /** What the model sees there. */
  readonly shown: Int32Array;
}

/** A padded batch with words hidden; M tokens are to be predicted. */
export interface MaskedBatch extends PaddedBatch {
  /** Flat indices into `[batch * length]`, ascending, shape `[M]`. */
  readonly positions: BigInt64Array;
  /** The true token ids at `positions`, shape `[M]`. */
  readonly targets: BigInt64Array;
}

/**
 * Chooses whole words to predict: 80 % are shown as `[MASK]`, 10 % as random tokens, 10 % as they are
 * (Devlin and others 2019; the choice falls once for all tokens of a word, as half a word would give it away).
 *
 * The number of words is the share rounded up or down at random, so it is right on average for short passages
 * too, and at least one where the passage has a word.
 */
export function chooseMask(passage: Maskable, options: MaskingOptions, random: Random): PassageMask {
  const words = wordPositions(passage);
  const count = Math.max(
    Math.min(1, words.length),
    Math.floor(words.length * (options.share ?? 0.15) + random()),
  );
  const shownAt = new Map<number, number>();
  for (const positions of random.shuffle(words).slice(0, count)) {
    const draw = random();
    for (const at of positions) {
      shownAt.set(at, shownToken(draw, passage.ids[at]!, options, random));
    }
  }
  const positions = Uint16Array.from(shownAt.keys()).sort();
  return { positions, shown: Int32Array.from(positions, (at) => shownAt.get(at)!) };
}

/**
 * Masks for measuring: they depend on the seed and the passage's place in the list alone, never on batches.
 */
export function fixedMasks(
  passages: readonly Passage[],
  options: MaskingOptions,
  random: Random,
): PassageMask[] {
  return passages.map((passage, number) => chooseMask(passage, options, random.fork(number)));
}

/**
 * Hides the chosen tokens of a batch.
 * @param padded rows in the order of `masks`; its ids are copied, not changed.
 */
export function applyMasks(padded: PaddedBatch, masks: readonly PassageMask[]): MaskedBatch {
  const total = masks.reduce((sum, mask) => sum + mask.positions.length, 0);
  const ids = padded.ids.slice();
  const positions = new BigInt64Array(total);
  const targets = new BigInt64Array(total);
  let next = 0;
  masks.forEach((mask, row) => {
    mask.positions.forEach((at, which) => {
      const flat = row * padded.length + at;
      positions[next] = BigInt(flat);
      targets[next] = padded.ids[flat]!;
      ids[flat] = BigInt(mask.shown[which]!);
      next++;
    });
  });
  return { ...padded, ids, positions, targets };
}

function wordPositions(passage: Maskable): number[][] {
  const words: number[][] = [];
  passage.words?.forEach((word, at) => {
    if (word !== noWord) {
      words[word] ??= [];
      words[word].push(at);
    }
  });
  return words;
}

function shownToken(draw: number, id: number, options: MaskingOptions, random: Random): number {
  if (draw < 0.8) {
    return options.maskId;
  }
  if (draw < 0.9) {
    return options.firstWordId + random.integer(options.vocabularySize - options.firstWordId);
  }
  return id;
}
