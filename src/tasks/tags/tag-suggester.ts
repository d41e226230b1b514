import { rankTags, type ScoredTag, type TagMethod } from "../../evaluation/tag-method.ts";
import { type TaggedDocument, tagKeys } from "../../evaluation/tagged-document.ts";
import { type TagCorrection, TagCorrections } from "./corrections.ts";
import { type CandidateFeatures, FeatureExtractor, type FeatureSources } from "./feature-extractor.ts";
import { openRankerPrior } from "./open-ranker-prior.ts";
import { fitRanker, probabilities, type RankedRows, type RankerPrior, startFrom } from "./ranker.ts";
import { reasonsFor, type TagReason } from "./reasons.ts";
import { finish, type Steps } from "./steps.ts";

/** A suggested tag in the writer's own spelling. */
export interface TagSuggestion extends ScoredTag {
  readonly key: string;
  readonly reasons: readonly TagReason[];
}

export interface TagSuggesterOptions extends FeatureSources {
  /** What the ranker knows before the writer's first document; by default that of open blogs. */
  readonly prior?: RankerPrior;
  /** Pull towards the prior; 100 if absent. */
  readonly weightPrecision?: number;
  /** With a closed list only these tags are suggested, also those that were never used. */
  readonly closedList?: readonly string[];
  readonly corrections?: readonly TagCorrection[];
  /** The fitted ranker of an earlier state; then documents are remembered without fitting again. */
  readonly state?: TagSuggesterState;
}

/** What was learned and cannot be had by remembering the documents again. Plain JSON. */
export interface TagSuggesterState {
  readonly version: 1;
  readonly ranker: RankerPrior;
}

/** Documents in the memory before one is used to fit the ranker. */
const firstFittedDocument = 10;
/** The ranker is fitted on the newest documents, and on the strongest candidates of each. */
const mostFittedDocuments = 500;
const mostFittedCandidates = 128;
const refitAfterDocuments = 25;

/** Idiolect's own tag method: a ranker over all that speaks for a tag, learned on one writer. */
export class TagSuggester implements TagMethod {
  readonly name = "idiolect";
  readonly #extractor: FeatureExtractor;
  readonly #prior: RankerPrior;
  readonly #weightPrecision: number;
  readonly #closedList: ReadonlySet<string> | undefined;
  #corrections: TagCorrections;
  readonly #rows: RankedRows[] = [];
  readonly #fits: boolean;
  #ranker: RankerPrior;
  #newRows = 0;

  constructor(options: TagSuggesterOptions = {}) {
    this.#extractor = new FeatureExtractor(options);
    this.#prior = options.prior ?? openRankerPrior;
    this.#weightPrecision = options.weightPrecision ?? 100;
    this.#closedList =
      options.closedList === undefined ? undefined : new Set(tagKeys({ tags: options.closedList }));
    this.#corrections = new TagCorrections(options.corrections);
    this.#ranker = options.state?.ranker ?? this.#prior;
    this.#fits = options.state === undefined;
  }

  /** Adds a document and its tags to the memory; what was known before is a lesson for the ranker. */
  learn(document: TaggedDocument): void {
    finish(this.learnInSteps(document));
  }

  /** As `learn`, in steps of some milliseconds. Who does not go on to the end must not use it any more. */
  *learnInSteps(document: TaggedDocument): Steps<void> {
    const memory = this.#extractor.memory;
    if (this.#fits && memory.size >= firstFittedDocument) {
      const features = yield* this.#extractor.featuresInSteps(document, new Set());
      this.#keepRows(document, features);
    }
    yield* this.#extractor.addInSteps(document);
  }

  suggest(document: TaggedDocument, limit: number): ScoredTag[] {
    return rankTags(finish(this.#scores(document)).scores, limit);
  }

  /** As `suggest`, in the writer's spelling and with reasons. */
  explain(document: TaggedDocument, limit: number): TagSuggestion[] {
    return finish(this.explainInSteps(document, limit));
  }

  /** As `explain`, in steps of some milliseconds; only the best `explained` have reasons. Nothing may be learned meanwhile. */
  *explainInSteps(document: TaggedDocument, limit: number, explained = limit): Steps<TagSuggestion[]> {
    const { scores, features } = yield* this.#scores(document);
    const { memory } = this.#extractor;
    const decided = this.#corrections.decided(document);
    const suggestions: TagSuggestion[] = [];
    for (const { tag: key, score } of rankTags(scores, limit)) {
      const number = memory.numberOf(key);
      const candidate = number === undefined ? -1 : features.query.tags.indexOf(number);
      const isExplained = candidate >= 0 && suggestions.length < explained;
      const reasons = isExplained ? reasonsFor(features, candidate, this.#extractor) : [];
      if (decided.get(key) === "add") reasons.unshift({ kind: "correction" });
      suggestions.push({ tag: candidate < 0 ? key : memory.spellingOf(number!), key, score, reasons });
      if (isExplained) yield;
    }
    return suggestions;
  }

  /** The writer's word: this tag does, or does not, belong to this document. It holds at once. */
  correct(kind: TagCorrection["kind"], tag: string, document: TaggedDocument): void {
    this.#corrections.record(kind, tag, document);
  }

  get corrections(): readonly TagCorrection[] {
    return this.#corrections.all;
  }

  /** Forgets all corrections and holds these; what was learned of the documents stays. */
  replaceCorrections(corrections: readonly TagCorrection[]): void {
    this.#corrections = new TagCorrections(corrections);
  }

  state(): TagSuggesterState {
    this.#fit();
    return { version: 1, ranker: this.#ranker };
  }

  *#scores(document: TaggedDocument): Steps<{
    readonly scores: ReadonlyMap<string, number>;
    readonly features: CandidateFeatures;
  }> {
    if (this.#newRows >= refitAfterDocuments || this.#ranker === this.#prior) this.#fit();
    const { memory, names } = this.#extractor;
    const features = yield* this.#extractor.featuresInSteps(document, memory.copiesOf(document));
    const { query, values } = features;
    const start = startFrom(this.#ranker, names);
    const scores = new Map<string, number>();
    for (const tag of this.#closedList ?? []) scores.set(tag, 0);
    probabilities(values, start, start.weights).forEach((probability, candidate) => {
      const key = memory.keyOf(query.tags[candidate]!);
      if (this.#closedList?.has(key) ?? true) scores.set(key, probability);
    });
    this.#applyCorrections(document, scores);
    return { scores, features };
  }

  #applyCorrections(document: TaggedDocument, scores: Map<string, number>): void {
    for (const [tag, shift] of this.#corrections.shifts(document)) {
      const score = scores.get(tag);
      // A nearby veto takes a share of the score, a nearby addition a share of what is missing to 1.
      if (score !== undefined) scores.set(tag, shift < 0 ? score * (1 + shift) : score + (1 - score) * shift);
    }
    for (const [tag, kind] of this.#corrections.decided(document)) {
      if (kind === "veto") scores.delete(tag);
      else if (this.#closedList?.has(tag) ?? true) scores.set(tag, 1);
    }
  }

  #keepRows(document: TaggedDocument, { query, values }: CandidateFeatures): void {
    const { memory, names } = this.#extractor;
    const own = new Set(tagKeys(document).map((key) => memory.numberOf(key)));
    const start = startFrom(this.#ranker, names);
    const chances = probabilities(values, start, start.weights);
    const kept = query.tags
      .map((tag, row) => ({ tag, row, label: own.has(tag) ? 1 : 0 }))
      // What was taken from suggestions must not teach that suggestions are right.
      .filter(({ tag }) => document.accepted?.has(memory.keyOf(tag)) !== true)
      .sort((a, b) => b.label - a.label || chances[b.row]! - chances[a.row]! || a.row - b.row)
      .slice(0, mostFittedCandidates);
    const keptValues = new Float32Array(kept.length * names.length);
    kept.forEach(({ row }, at) => {
      keptValues.set(values.subarray(row * names.length, (row + 1) * names.length), at * names.length);
    });
    this.#rows.push({ values: keptValues, labels: Uint8Array.from(kept, ({ label }) => label) });
    if (this.#rows.length > mostFittedDocuments) this.#rows.shift();
    this.#newRows += 1;
  }

  #fit(): void {
    if (this.#newRows === 0) return;
    const { names } = this.#extractor;
    const start = startFrom(this.#prior, names, this.#rows);
    const known = startFrom(this.#ranker, names, this.#rows);
    const strength = { weightPrecision: this.#weightPrecision, biasPrecision: 1 };
    const weights = fitRanker(this.#rows, start, strength, known.weights);
    const features = names.map((name, at) => {
      return [
        name,
        { mean: start.mean[at]!, deviation: start.deviation[at]!, weight: weights[at]! },
      ] as const;
    });
    this.#ranker = { version: 1, bias: weights[names.length]!, features: Object.fromEntries(features) };
    this.#newRows = 0;
  }
}
