import type { CandidateFeatures } from "../features/feature-extractor.ts";
import type { TagMemory } from "../tag-memory.ts";
import { type TaggedDocument, tagKeys } from "../tagged-document.ts";
import { fitRanker, probabilities, type RankedRows, type RankerPrior, startFrom } from "./ranker.ts";

/** The ranker is fitted on the newest documents, and on the strongest candidates of each. */
export const mostFittedDocuments = 500;
const mostFittedCandidates = 128;
/** The weights are fitted anew after so many documents, and after so large a share of those that they are fitted on. */
const refitAfterDocuments = 25;
const refitAfterShare = 0.2;
/** Pull of the bias towards the prior's. */
const biasPrecision = 1;

/** The ranker of one writer: it starts from what other writers teach, and learns from each document. */
export class WriterRanker {
  readonly #prior: RankerPrior;
  readonly #weightPrecision: number;
  readonly #names: readonly string[];
  readonly #rows: RankedRows[] = [];
  #fitted: RankerPrior;
  #newRows = 0;

  /**
   * @param names of the features that are weighed: all that there are, or some of them
   * @param fitted what an earlier state had learned; the prior where there is none
   */
  constructor(
    names: readonly string[],
    prior: RankerPrior,
    weightPrecision: number,
    fitted: RankerPrior = prior,
  ) {
    this.#names = names;
    this.#prior = prior;
    this.#weightPrecision = weightPrecision;
    this.#fitted = fitted;
  }

  /** The weights, fitted anew where any document was learned since. */
  state(): RankerPrior {
    this.#fit();
    return this.#fitted;
  }

  /** Probability of each candidate; the weights are fitted anew from time to time. */
  probabilities(features: CandidateFeatures): Float64Array {
    const isDue = this.#newRows >= Math.max(refitAfterDocuments, refitAfterShare * this.#rows.length);
    if (isDue || this.#fitted === this.#prior) this.#fit();
    const start = startFrom(this.#fitted, this.#names);
    return probabilities(this.#ownColumns(features), start, start.weights);
  }

  /** Keeps a document's strongest candidates as a lesson, and which of them it has. */
  learn(document: TaggedDocument, features: CandidateFeatures, memory: TagMemory): void {
    const { query } = features;
    const values = this.#ownColumns(features);
    const width = this.#names.length;
    const own = new Set(tagKeys(document).map((key) => memory.numberOf(key)));
    const accepted = new Set(Array.from(document.accepted ?? [], (key) => memory.numberOf(key)));
    const start = startFrom(this.#fitted, this.#names);
    const chances = probabilities(values, start, start.weights);
    const kept = query.tags
      .map((tag, row) => ({ tag, row, label: own.has(tag) ? 1 : 0 }))
      // What was taken from suggestions must not teach that suggestions are right.
      .filter(({ tag }) => !accepted.has(tag))
      .sort((a, b) => b.label - a.label || chances[b.row]! - chances[a.row]! || a.row - b.row)
      .slice(0, mostFittedCandidates);
    const keptValues = new Float32Array(kept.length * width);
    kept.forEach(({ row }, at) => {
      keptValues.set(values.subarray(row * width, (row + 1) * width), at * width);
    });
    this.#rows.push({ values: keptValues, labels: Uint8Array.from(kept, ({ label }) => label) });
    if (this.#rows.length > mostFittedDocuments) this.#rows.shift();
    this.#newRows += 1;
  }

  /** Of features that have more names, the values of those that are weighed here. [candidates, names] */
  #ownColumns({ names, values }: CandidateFeatures): Float32Array {
    if (names.length === this.#names.length) return values;
    const columns = this.#names.map((name) => names.indexOf(name));
    const own = new Float32Array((values.length / names.length) * columns.length);
    for (let at = 0, row = 0; at < own.length; row += names.length) {
      for (const column of columns) own[at++] = values[row + column]!;
    }
    return own;
  }

  #fit(): void {
    if (this.#newRows === 0) return;
    const start = startFrom(this.#prior, this.#names, this.#rows);
    const known = startFrom(this.#fitted, this.#names, this.#rows);
    const strength = { weightPrecision: this.#weightPrecision, biasPrecision };
    const weights = fitRanker(this.#rows, start, strength, known.weights);
    const features = this.#names.map((name, at) => {
      return [
        name,
        { mean: start.mean[at]!, deviation: start.deviation[at]!, weight: weights[at]! },
      ] as const;
    });
    this.#fitted = { version: 1, bias: weights[this.#names.length]!, features: Object.fromEntries(features) };
    this.#newRows = 0;
  }
}
