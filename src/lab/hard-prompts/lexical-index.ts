/** How soon further occurrences of a term stop to count. */
const saturation = 1.2;
/** How much long passages are held back: 0 not at all, 1 in full. */
const lengthShare = 0.75;

/** Tokens of a text. */
type Tokens = { readonly ids: ArrayLike<number> };

/**
 * How passages match an input by BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework):
 * the sum over the input's terms t of idf(t) · f·(k + 1) / (f + k·(1 − b + b·length/mean length)), f how often t is in the
 * passage. Terms are the model's tokens, so there is no second way of cutting words.
 */
export class LexicalIndex {
  readonly #passages: readonly Tokens[];
  /** For each token the passages that have it, and how often. */
  readonly #postings = new Map<number, Map<number, number>>();
  readonly #meanLength: number;

  constructor(passages: readonly Tokens[]) {
    this.#passages = passages;
    let total = 0;
    for (const [at, { ids }] of passages.entries()) {
      total += ids.length;
      for (const id of Array.from(ids)) {
        const holders = this.#postings.get(id) ?? new Map<number, number>();
        this.#postings.set(id, holders.set(at, (holders.get(at) ?? 0) + 1));
      }
    }
    this.#meanLength = total / Math.max(1, passages.length);
  }

  /** One for each passage, in their order. */
  scores(ids: ArrayLike<number>): Float64Array {
    const scores = new Float64Array(this.#passages.length);
    for (const id of new Set(Array.from(ids))) {
      const holders = this.#postings.get(id);
      if (holders === undefined) continue;
      const rarity = Math.log(1 + (this.#passages.length - holders.size + 0.5) / (holders.size + 0.5));
      for (const [at, count] of holders) scores[at]! += rarity * this.#saturated(count, at);
    }
    return scores;
  }

  #saturated(count: number, passage: number): number {
    const length = this.#passages[passage]!.ids.length / this.#meanLength;
    return (count * (saturation + 1)) / (count + saturation * (1 - lengthShare + lengthShare * length));
  }
}
