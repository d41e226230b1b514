import type { DocumentPart } from "../document-part.ts";
import { finish, type PausableWork } from "../pausable-work.ts";
import { RememberedWords } from "../remembered-words.ts";
import {
  passageSpace,
  passagesPerDocument,
  type SimilaritySpace,
  tfidfSpace,
  vectorSpace,
} from "../similarity/similarity-space.ts";
import { TermNumbers } from "../similarity/term-numbers.ts";
import { TermRows } from "../similarity/term-rows.ts";
import { type ShortVector, VectorRows } from "../similarity/vector-rows.ts";
import { TagMemory } from "../tag-memory.ts";
import {
  ComputedOnce,
  type FeatureColumns,
  type FeatureGroup,
  queryMemory,
  type TagQuery,
} from "../tag-query.ts";
import {
  type DocumentFacts,
  type KnownDocument,
  leadVectorOf,
  type TaggedDocument,
  termsOf,
  wholeVectorOf,
} from "../tagged-document.ts";
import { associationFeatures } from "./association-features.ts";
import { centroidFeatures } from "./centroid-features.ts";
import { historyFeatures } from "./history-features.ts";
import { type LabelVectors, labelFeatures } from "./label-features.ts";
import { LiteralFeatures } from "./literal-features.ts";
import { neighbourFeatures } from "./neighbour-features.ts";
import { type RegressionGroup, type RegressionRows, regressionFeatures } from "./regression-features.ts";

/** What can be known of a writer's documents beside their text and vectors. */
export interface FeatureSources {
  /** The vectors of tags' own words; without them those features are unknown. */
  readonly labelVector?: LabelVectors;
  /** A unit-length vector made with the writer's prompt; adds the same features in that space. */
  readonly personalVector?: PersonalVectors;
}

type PersonalVectors = (document: DocumentFacts) => Float32Array | undefined;

/** A document of which a part is held. */
export interface HeldDocument extends DocumentFacts {
  /** As `hold` gave it. */
  readonly run: number;
  /** As `TagMemory.admit` has it. */
  readonly content: string;
}

/** A question with its features: one row for each candidate, one column for each name. */
export interface CandidateFeatures {
  readonly query: TagQuery;
  readonly names: readonly string[];
  /** Row by row; NaN where a value is not known. [candidates, names] */
  readonly values: Float32Array;
}

/** Remembers documents, and says for any document what speaks for each known tag. */
export class FeatureExtractor {
  readonly memory = new TagMemory();
  readonly words = new RememberedWords();
  readonly literal = new LiteralFeatures(this.words);
  readonly #numbers = new TermNumbers();
  readonly #terms = new TermRows(this.#numbers);
  readonly #titleTerms = new TermRows(this.#numbers);
  readonly #passages = new VectorRows();
  readonly #wholes = new VectorRows();
  readonly #personal: { readonly rows: VectorRows; readonly vectorOf: PersonalVectors } | undefined;
  /** Documents that were held, with those that were added. */
  #held = 0;
  readonly #spaces: readonly SimilaritySpace[];
  readonly #groups: readonly FeatureGroup[];
  readonly #regressions: readonly (FeatureGroup & RegressionGroup)[];
  readonly names: readonly string[];
  /** Those that say something without the writer's prompts. */
  readonly generalNames: readonly string[];
  #last: { readonly document: TaggedDocument; readonly features: FeaturesInSteps } | undefined;

  constructor({ labelVector = () => undefined, personalVector }: FeatureSources = {}) {
    const words = { rows: this.#terms, range: "first" } as const;
    const tfidf = tfidfSpace("tfidf", 2, words, (document) => termsOf(document).words);
    const wordsAndPairs = { rows: this.#terms, range: "all" } as const;
    const pairs = tfidfSpace("tfidfPairs", 2, wordsAndPairs, (document) => termsOf(document).wordsAndPairs);
    const titles = { rows: this.#titleTerms, range: "all" } as const;
    // The first passage is the lead.
    const [leadRows, wholeRows] = [this.#passages, this.#wholes];
    const leads = vectorSpace("lead", 4, leadRows, leadVectorOf);
    const means = vectorSpace("document", 4, wholeRows, wholeVectorOf);
    const personalRows = personalVector && new VectorRows();
    this.#personal = personalRows && { rows: personalRows, vectorOf: personalVector! };
    this.#spaces = [
      tfidf,
      pairs,
      tfidfSpace("tfidfTitle", 1, titles, (document) => termsOf(document).titleWords),
      leads,
      means,
      passageSpace("passages", 6, leadRows),
      ...(personalRows === undefined ? [] : [vectorSpace("personal", 4, personalRows, personalVector!)]),
    ];
    this.#regressions = [
      regressionFeatures("regression.document", [{ ...means, power: 1 }]),
      regressionFeatures("regression.all", [
        { ...tfidf, power: 1 },
        { ...pairs, power: 1 },
        { ...means, power: 3 },
        { ...leads, power: 3 },
      ]),
    ];
    this.#groups = [
      ...this.#spaces.map(neighbourFeatures),
      historyFeatures,
      this.literal,
      associationFeatures(this.words),
      centroidFeatures("lead", leadRows, leadVectorOf),
      centroidFeatures("document", wholeRows, wholeVectorOf),
      ...(personalRows === undefined ? [] : [centroidFeatures("personal", personalRows, personalVector!)]),
      labelFeatures(labelVector),
      ...this.#regressions,
    ];
    this.names = this.#groups.flatMap((group) => group.names);
    this.generalNames = this.names.filter((name) => !name.startsWith("personal."));
  }

  /** The features of every candidate; documents in `leftOut` (by place) count for nothing. */
  features(document: TaggedDocument, leftOut: ReadonlySet<number> = new Set()): CandidateFeatures {
    return finish(this.featuresInSteps(document, leftOut));
  }

  /** As `features`, group by group, so that a caller may let others go first. */
  *featuresInSteps(document: TaggedDocument, leftOut: ReadonlySet<number>): PausableWork<CandidateFeatures> {
    if (leftOut.size === 0 && this.#last?.document === document) return this.#last.features;
    const query = this.#query(document, leftOut);
    this.words.lookUp(document);
    yield;
    const columns: FeatureColumns = new Map();
    for (const group of this.#groups) {
      for (const name of group.similarities ?? []) yield* query.similarities.inSteps(name);
      yield;
      yield* group.write(query, columns) ?? [];
    }
    const values = new Float32Array(query.tags.length * this.names.length);
    this.names.forEach((name, column) => {
      const written = columns.get(name)!;
      for (let row = 0; row < written.length; row++) values[row * this.names.length + column] = written[row]!;
    });
    const features = { query, names: this.names, values };
    if (leftOut.size === 0) this.#last = { document, features };
    return features;
  }

  /** Adds a document to the memory. Documents come in order of time. */
  add(document: KnownDocument): void {
    finish(this.addInSteps(document));
  }

  /** As `add`, in steps of some milliseconds. Who does not go on to the end must not use the memory any more. */
  *addInSteps(document: KnownDocument): PausableWork<void> {
    const { words, wordsAndPairs, titleWords } = termsOf(document);
    this.#terms.add(wordsAndPairs, words.hashes.length);
    this.#titleTerms.add(titleWords);
    yield;
    this.#passages.add(document.vectors.slice(0, passagesPerDocument));
    this.#wholes.add(given(wholeVectorOf<AnyVector>(document)));
    this.#personal?.rows.add(given(this.#personal.vectorOf(document)));
    this.words.add(document);
    for (const group of this.#groups) group.learn?.(this.memory.size);
    this.memory.add(document);
    this.#held += 1;
    this.#last = undefined;
  }

  /**
   * Holds what is remembered of some documents, which count for nothing until they are admitted. The numbers of the part's
   * terms are others afterwards.
   *
   * @returns what the first of them is admitted by; those after it by the numbers that follow
   */
  hold({ hashes, terms, titleTerms, passages, wholes, ...phrases }: DocumentPart): number {
    const numbers = this.#numbers.addAll(hashes);
    for (const { ids } of [terms, titleTerms])
      for (let at = 0; at < ids.length; at++) ids[at] = numbers[ids[at]!]!;
    this.#terms.hold(terms);
    this.#titleTerms.hold(titleTerms);
    this.#passages.hold(passages);
    this.#wholes.hold(wholes);
    this.words.hold(phrases);
    const first = this.#held;
    this.#held += terms.lengths.length;
    return first;
  }

  /** Makes room for so many documents, as long as those that are held: rows need not be moved as they grow. */
  reserve(documents: number): void {
    for (const rows of [this.#terms, this.#titleTerms, this.#passages, this.#wholes, this.words]) {
      rows.reserve(documents);
    }
  }

  /** Adds a document that is held to the memory. Documents come in order of time. */
  admit(held: HeldDocument): void {
    this.#terms.admit(held.run);
    this.#titleTerms.admit(held.run);
    this.#passages.admit(held.run);
    this.#wholes.admit(held.run);
    this.#personal?.rows.add(given(this.#personal.vectorOf(held)));
    this.words.admit(held.run);
    for (const group of this.#groups) group.learn?.(this.memory.size);
    this.memory.admit(held, held.content);
    this.#last = undefined;
  }

  /** Works out beforehand what would cost the next question most, in steps of some milliseconds. */
  *settleInSteps(): PausableWork<void> {
    for (const regression of this.#regressions) yield* regression.settle();
  }

  /** What `settleInSteps` has worked out, for `restoreRows` of another that remembers the same documents and more. */
  rows(): readonly RegressionRows[] {
    return this.#regressions.map((regression) => regression.rows());
  }

  restoreRows(rows: readonly RegressionRows[]): void {
    rows.forEach((kept, at) => {
      this.#regressions[at]?.restore(kept);
    });
  }

  /** One feature of one candidate; undefined where it is not known. */
  valueOf({ values }: CandidateFeatures, candidate: number, name: string): number | undefined {
    const value = values[candidate * this.names.length + this.names.indexOf(name)]!;
    return Number.isNaN(value) ? undefined : value;
  }

  #query(document: TaggedDocument, leftOut: ReadonlySet<number>): QueryInSteps {
    const spaceNamed = (name: string) => this.#spaces.find((space) => space.name === name);
    const similarities = new ComputedOnce(function* (name) {
      const space = spaceNamed(name);
      yield;
      return space && (yield* space.similarities(document, leftOut));
    });
    return { ...queryMemory(document, this.memory, leftOut), similarities };
  }
}

type QueryInSteps = TagQuery & { readonly similarities: ComputedOnce };
type FeaturesInSteps = CandidateFeatures & { readonly query: QueryInSteps };
type AnyVector = Float32Array | ShortVector;

const given = (vector: AnyVector | undefined): readonly AnyVector[] => (vector === undefined ? [] : [vector]);
