import { quantile } from "../../numbers/mean.ts";
import { dot } from "../../numbers/vectors.ts";
import {
  type ClassShares,
  classShares,
  expectedValence,
  type OrdinalScale,
  scaleOfText,
} from "../head/ordinal-scale.ts";
import type { ToneText } from "../labels/labelled-tone.ts";
import { sideShares } from "../reading/tone-reading.ts";
import { type Meant, meantShares, type WriterPosterior } from "./writer-posterior.ts";

/** A text that the writer may be asked about. */
export interface Candidate extends ToneText {
  readonly document: string;
}

/** Of a document at most so many are asked about. */
const mostOfDocument = 2;
/** Share of the pairs of candidates, the most similar ones, that are too much alike for both to be asked. */
const alikeShare = 0.05;
/** Every third question is about a text that is clear in general: something to go by for the others. */
const anchorEvery = 3;
/** Share of the candidates that count as clear. */
const clearShare = 0.25;
/** Of texts that tell nearly as much as the best, the one least like those before is asked about. */
const nearlyBest = 0.9;
/** Texts over which the error is expected. */
const referenceTexts = 25;

/**
 * Chooses what to ask a writer about: where the answer is expected to take most of the squared error of all readings away
 * (active learning: Cohn, Ghahramani and Jordan 1996). The expectation is over the answers that the writer may give, by
 * what was answered so far, so it is chosen anew after each answer.
 */
export class QuestionChooser {
  readonly #candidates: readonly Candidate[];
  readonly #scale: OrdinalScale;
  readonly #tooAlike: number;
  readonly #clear: ReadonlySet<Candidate>;
  readonly #references: readonly Candidate[];

  /** How likely each answer is, by the ways in which the writer may mean texts; these are the same for all answers. */
  readonly #answers = new Map<Candidate, readonly ClassShares[]>();
  #valences: readonly (readonly number[])[] | undefined;

  constructor(candidates: readonly Candidate[], scale: OrdinalScale) {
    this.#candidates = candidates;
    this.#scale = scale;
    this.#tooAlike = quantile(cosinesOf(candidates), 1 - alikeShare);
    const clearness = (text: Candidate): number =>
      Math.max(...sideShares(classShares(text.latent, scaleOfText(text, scale))));
    const clearest = candidates.toSorted((a, b) => clearness(b) - clearness(a));
    this.#clear = new Set(clearest.slice(0, Math.ceil(clearShare * candidates.length)));
    const byLatent = candidates.toSorted((a, b) => a.latent - b.latent);
    const every = Math.max(1, Math.floor(candidates.length / referenceTexts));
    this.#references = byLatent.filter((_, at) => at % every === 0);
  }

  /** What to ask about after those that were `asked`, answered or not; undefined where nothing is left. */
  next(asked: readonly Candidate[], posterior: WriterPosterior): Candidate | undefined {
    const left = this.#candidates.filter((text) => this.#isAllowed(text, asked));
    const anchors =
      asked.length % anchorEvery === anchorEvery - 1 ? left.filter((text) => this.#clear.has(text)) : [];
    const tried = anchors.length > 0 ? anchors : left;
    const gainOf = this.#gains(posterior.meant);
    const gains = tried.map((text) => ({ text, gain: gainOf(text) }));
    const best = Math.max(...gains.map(({ gain }) => gain));
    const likeness = ({ vector }: Candidate): number =>
      Math.max(...asked.map((other) => dot(vector, other.vector)));
    return gains
      .filter(({ gain }) => gain >= nearlyBest * best)
      .map(({ text }) => ({ text, likeness: likeness(text) }))
      .toSorted((a, b) => a.likeness - b.likeness)[0]?.text;
  }

  #isAllowed(text: Candidate, asked: readonly Candidate[]): boolean {
    const ofDocument = asked.filter(({ document }) => document === text.document).length;
    return (
      ofDocument < mostOfDocument &&
      asked.every(({ key, vector }) => key !== text.key && dot(vector, text.vector) <= this.#tooAlike)
    );
  }

  /**
   * By what an answer about a text is expected to lower the squared error, summed over the references r: with the weight
   * w of each way h in which the writer may mean texts, Σ_r Σ_y (Σ_h w·p(y|h)·m(r,h))² / Σ_h w·p(y|h), which lacks a
   * constant alone.
   */
  #gains(meant: readonly Meant[]): (text: Candidate) => number {
    const likely = meant
      .entries()
      .filter(([, { probability }]) => probability > 1e-5)
      .toArray();
    this.#valences ??= this.#references.map((text) =>
      meant.map(({ shift }) => expectedValence(meantShares(text, shift, this.#scale))),
    );
    const valences = this.#valences;
    const base = valences.map((valence) =>
      likely.reduce((sum, [h, { probability }]) => sum + probability * valence[h]!, 0),
    );
    return (text) => {
      const answers = this.#answersTo(text, meant);
      let gain = -base.reduce((sum, mean) => sum + mean ** 2, 0);
      for (let y = 0; y < 5; y++) {
        const joint = likely.map(([h, { probability }]) => probability * answers[h]![y]!);
        const total = joint.reduce((sum, share) => sum + share, 0);
        if (total < 1e-12) continue;
        for (const valence of valences) {
          let product = 0;
          for (let at = 0; at < joint.length; at++) product += joint[at]! * valence[likely[at]![0]]!;
          gain += product ** 2 / total;
        }
      }
      return gain;
    };
  }

  #answersTo(text: Candidate, meant: readonly Meant[]): readonly ClassShares[] {
    const known = this.#answers.get(text) ?? meant.map(({ shift }) => meantShares(text, shift, this.#scale));
    this.#answers.set(text, known);
    return known;
  }
}

/** Of all pairs, ascending. */
function cosinesOf(texts: readonly Candidate[]): Float64Array {
  const cosines = texts.flatMap((one, at) =>
    texts.slice(0, at).map((other) => dot(one.vector, other.vector)),
  );
  return Float64Array.from(cosines).sort();
}
