import { tagKey } from "../text/tag-key.ts";
import type { DocumentPart } from "./document-part.ts";
import { coTagShifts } from "./features/co-tags.ts";
import {
  type CandidateFeatures,
  FeatureExtractor,
  type FeatureSources,
  type HeldDocument,
} from "./features/feature-extractor.ts";
import type { RegressionRows } from "./features/regression-features.ts";
import { finish, type PausableWork } from "./pausable-work.ts";
import { rankTags, type ScoredTag, type TagMethod } from "./proof/tag-methods.ts";
import { proposeNewTags } from "./ranker/new-tags.ts";
import { openRankerPrior } from "./ranker/open-ranker-prior.ts";
import type { RankerPrior } from "./ranker/ranker.ts";
import { WriterRanker } from "./ranker/writer-ranker.ts";
import { type TagCorrection, TagCorrections } from "./tag-corrections.ts";
import { tagForm } from "./tag-form.ts";
import { reasonsFor, type TagReason } from "./tag-reasons.ts";
import { type KnownDocument, type TaggedDocument, tagKeys } from "./tagged-document.ts";

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
  /** Documents in the memory before one is used to fit the ranker; `usualFirstFitted` if absent. */
  readonly firstFitted?: number;
  /** The fitted ranker of an earlier state; then documents are remembered without fitting again. */
  readonly state?: TagSuggesterState;
  /**
   * A suggester that remembers the documents for both. This one does without the writer's prompts, and has to learn each
   * document before that one does.
   */
  readonly beside?: TagSuggester;
}

/** What was learned and cannot be had by remembering the documents again. Plain JSON. */
export interface TagSuggesterState {
  readonly version: 1;
  readonly ranker: RankerPrior;
}

export interface ExplanationOptions {
  /** So many of the best have reasons; all if absent. */
  readonly explained?: number;
  /** Tags that the document has already: they speak for those that come with them. */
  readonly present?: readonly string[];
}

/** The ranker needs so many documents to compare with. */
export const usualFirstFitted = 10;

/** Idiolect's own tag method: a ranker over all that speaks for a tag, learned on one writer. */
export class TagSuggester implements TagMethod {
  readonly name = "idiolect";
  readonly #extractor: FeatureExtractor;
  readonly #remembers: boolean;
  readonly #ranker: WriterRanker;
  /** Keys of the listed tags, by form. */
  readonly #closedList: ReadonlyMap<string, string> | undefined;
  #corrections: TagCorrections;
  /** No document is where the ranker was fitted before. */
  readonly #firstFitted: number;

  constructor(options: TagSuggesterOptions = {}) {
    const { beside } = options;
    this.#extractor = beside === undefined ? new FeatureExtractor(options) : beside.#extractor;
    this.#remembers = beside === undefined;
    const names = beside === undefined ? this.#extractor.names : this.#extractor.generalNames;
    const { prior = openRankerPrior, weightPrecision = 100, state } = options;
    this.#ranker = new WriterRanker(names, prior, weightPrecision, state?.ranker);
    const listed = options.closedList && tagKeys({ tags: options.closedList });
    this.#closedList = listed && new Map(listed.map((key) => [tagForm(key), key]));
    this.#corrections = new TagCorrections(options.corrections);
    const { firstFitted = usualFirstFitted } = options;
    this.#firstFitted = state === undefined ? firstFitted : Number.POSITIVE_INFINITY;
  }

  /** Adds a document and its tags to the memory; what was known before is a lesson for the ranker. */
  learn(document: TaggedDocument): void {
    const memory = this.#extractor.memory;
    if (memory.size >= this.#firstFitted) {
      this.#ranker.learn(document, this.#extractor.features(document), memory);
    }
    if (this.#remembers) this.#extractor.add(document);
  }

  /**
   * Adds a document to the memory alone, in steps of some milliseconds. Who does not go on to the end must not use it any
   * more.
   */
  rememberInSteps(document: KnownDocument): PausableWork<void> {
    return this.#extractor.addInSteps(document);
  }

  /** As of the extractor: what is remembered of many documents at once, in the order in which it is kept. */
  hold(part: DocumentPart): number {
    return this.#extractor.hold(part);
  }

  reserve(documents: number): void {
    this.#extractor.reserve(documents);
  }

  /** Adds a document that is held to the memory alone. */
  admit(held: HeldDocument): void {
    this.#extractor.admit(held);
  }

  /** As of the extractor: what costs the next question most, worked out beforehand, kept, and taken over. */
  settleInSteps(): PausableWork<void> {
    return this.#extractor.settleInSteps();
  }

  rows(): readonly RegressionRows[] {
    return this.#extractor.rows();
  }

  restoreRows(rows: readonly RegressionRows[]): void {
    this.#extractor.restoreRows(rows);
  }

  suggest(document: TaggedDocument, limit: number): ScoredTag[] {
    return rankTags(finish(this.#scores(document, [])).scores, limit);
  }

  /** As `suggest`, in the writer's spelling and with reasons. */
  explain(document: TaggedDocument, limit: number, present: readonly string[] = []): TagSuggestion[] {
    return finish(this.explainInSteps(document, limit, { present }));
  }

  /** As `explain`, in steps of some milliseconds. Nothing may be learned meanwhile. */
  *explainInSteps(
    document: TaggedDocument,
    limit: number,
    { explained = limit, present = [] }: ExplanationOptions = {},
  ): PausableWork<TagSuggestion[]> {
    const { scores, features } = yield* this.#scores(document, present);
    const { memory } = this.#extractor;
    const decided = this.#decided(document);
    const suggestions: TagSuggestion[] = [];
    for (const { tag: key, score } of rankTags(scores, limit)) {
      const number = memory.numberOf(key);
      const candidate = number === undefined ? -1 : features.query.tags.indexOf(number);
      const isExplained = candidate >= 0 && suggestions.length < explained;
      const reasons = isExplained ? reasonsFor(features, candidate, this.#extractor) : [];
      if (decided.get(key) === "add") reasons.unshift({ kind: "correction" });
      suggestions.push({
        tag: this.#spellingOf(key, candidate < 0 ? undefined : number),
        key,
        score,
        reasons,
      });
      if (isExplained) yield;
    }
    return suggestions;
  }

  /** Tags that the writer never used, named in the document itself; none with a closed list. */
  proposeNew(document: TaggedDocument, limit: number): readonly TagSuggestion[] {
    if (this.#closedList !== undefined) return [];
    const decided = this.#decided(document);
    return proposeNewTags(document, this.#extractor, limit + decided.size)
      .filter(({ tag }) => !decided.has(this.#keyFor(tag)))
      .slice(0, limit)
      .map(({ tag, score, inTitle, countInText }) => {
        return { tag, key: tagKey(tag), score, reasons: [{ kind: "new", inTitle, countInText }] };
      });
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
    return { version: 1, ranker: this.#ranker.state() };
  }

  *#scores(
    document: TaggedDocument,
    present: readonly string[],
  ): PausableWork<{ readonly scores: ReadonlyMap<string, number>; readonly features: CandidateFeatures }> {
    const { memory } = this.#extractor;
    const features = yield* this.#extractor.featuresInSteps(document, memory.copiesOf(document));
    const { query } = features;
    const known = present.map((tag) => memory.numberOf(tag)).filter((number) => number !== undefined);
    const shifts = coTagShifts(query, known);
    const scores = new Map<string, number>();
    for (const key of this.#closedList?.values() ?? []) scores.set(key, 0);
    this.#ranker.probabilities(features).forEach((probability, candidate) => {
      const tag = query.tags[candidate]!;
      const key = this.#keyFor(memory.keyOf(tag));
      const score = shifted(probability, shifts[candidate]!) * memory.ownShareOf(tag);
      if (this.#isListed(key)) scores.set(key, score);
    });
    this.#applyCorrections(document, scores);
    return { scores, features };
  }

  #applyCorrections(document: TaggedDocument, scores: Map<string, number>): void {
    for (const [tag, shift] of this.#corrections.shifts(document)) {
      const key = this.#keyFor(tag);
      const score = scores.get(key);
      // A nearby veto takes a share of the score, a nearby addition a share of what is missing to 1.
      if (score !== undefined) scores.set(key, shift < 0 ? score * (1 + shift) : score + (1 - score) * shift);
    }
    for (const [key, kind] of this.#decided(document)) {
      if (kind === "veto") scores.delete(key);
      else if (this.#isListed(key)) scores.set(key, 1);
    }
  }

  /** What the writer said of this very document, by the keys of the suggestions. */
  #decided(document: TaggedDocument): ReadonlyMap<string, TagCorrection["kind"]> {
    return new Map(
      Array.from(this.#corrections.decided(document), ([tag, kind]) => [this.#keyFor(tag), kind]),
    );
  }

  /** The key under which a tag is suggested, whichever way it is spelled: as listed, or as the writer prefers. */
  #keyFor(tag: string): string {
    const { memory } = this.#extractor;
    const number = memory.numberOf(tag);
    return this.#closedList?.get(tagForm(tag)) ?? (number === undefined ? tagKey(tag) : memory.keyOf(number));
  }

  #isListed(key: string): boolean {
    return this.#closedList?.has(tagForm(key)) ?? true;
  }

  /** In the writer's own spelling, unless a closed list has another. */
  #spellingOf(key: string, number: number | undefined): string {
    const spelling = number === undefined ? key : this.#extractor.memory.spellingOf(number);
    return tagKey(spelling) === key ? spelling : key;
  }
}

/** A probability after its log odds have moved; exactly the same where they have not. */
function shifted(probability: number, shift: number): number {
  if (shift === 0) return probability;
  const odds = Math.exp(shift) * probability;
  return odds / (odds + 1 - probability);
}
