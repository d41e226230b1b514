import { dot } from "../../numbers/vectors.ts";
import type { OrdinalScale } from "../head/ordinal-scale.ts";
import { type LabelledTone, missingLatent, type ToneText } from "../labels/labelled-tone.ts";

/** How the memory of labelled texts speaks. */
export interface MemorySettings {
  /** Cosine from which on two texts count as similar at all; below it nothing is changed. */
  readonly leastCosine: number;
  /** 1 − cosine over which the say of a label falls by e. */
  readonly reach: number;
  /** Pull towards the reading without memory, in labels' worth. */
  readonly inertia: number;
  /** How often a label counts for the very same text: it outweighs inertia and neighbours. */
  readonly sameTextWeight: number;
  /** What the label of a document counts for sentences, and the other way round. */
  readonly otherScopeWeight: number;
}

/**
 * The memory is there for corrections: on rt-critics (oldest 65 % known), on top of the shift, a reach
 * of 0.1 to 0.15 changes accuracy by −0.4 to +0.5 points, which is nothing that can be told from chance,
 * while one of 0.3 or more costs up to 5. So labels speak for close texts alone: 99 % of pairs of that
 * set lie below a cosine of 0.5.
 */
export const memorySettings: MemorySettings = {
  leastCosine: 0.5,
  reach: 0.15,
  inertia: 0.5,
  sameTextWeight: 500,
  otherScopeWeight: 0.2,
};

/** A labelled text with what the reading before memory lacked. */
interface Remembered {
  readonly label: LabelledTone;
  /** Units of the latent valence. */
  readonly missing: number;
}

/**
 * Labelled texts and corrections, ready to move the reading of similar ones at once. The shift at a text
 * is the kernel-weighted mean of what the readings of labelled texts lacked (Nadaraya 1964, Watson
 * 1964), drawn to 0 by an inertia: Σ kᵢwᵢrᵢ / (inertia + Σ kᵢwᵢ) with kᵢ = exp(−(1 − cosine)/reach). Of
 * several labels of the very same text the last one counts.
 *
 * The mood of a post is about the whole, and most of its sentences do not have it. So a document's
 * label speaks about similar documents, and for sentences it counts a fifth, as do sentences for
 * documents; the vectors of the two are seldom close anyway.
 */
export class ToneMemory {
  readonly #remembered: ReadonlyMap<string, Remembered>;
  readonly #settings: MemorySettings;
  /** Texts are read again and again while one sentence of their document changes. */
  readonly #shifts = new WeakMap<ToneText, number>();

  private constructor(remembered: ReadonlyMap<string, Remembered>, settings: MemorySettings) {
    this.#remembered = remembered;
    this.#settings = settings;
  }

  /** `read` gives the latent valence of a text before memory. */
  static of(
    labels: readonly LabelledTone[],
    read: (text: ToneText) => number,
    scale: OrdinalScale,
    settings: MemorySettings = memorySettings,
  ): ToneMemory {
    const remembered = new Map<string, Remembered>();
    for (const label of labels.toSorted((a, b) => a.timeMs - b.timeMs)) {
      const missing = missingLatent(label.target, read(label), scale);
      remembered.set(`${label.scope} ${label.key}`, { label, missing });
    }
    return new ToneMemory(remembered, settings);
  }

  /** What a text's latent valence is to be moved by. */
  shiftAt(text: ToneText): number {
    const shift = this.#shifts.get(text) ?? this.#computeShift(text);
    this.#shifts.set(text, shift);
    return shift;
  }

  #computeShift(text: ToneText): number {
    let [sum, total] = [0, this.#settings.inertia];
    for (const { label, missing } of this.#remembered.values()) {
      const weight = this.#say(label, text);
      sum += weight * missing;
      total += weight;
    }
    return sum / total;
  }

  #say(label: LabelledTone, text: ToneText): number {
    const { leastCosine, reach, sameTextWeight, otherScopeWeight } = this.#settings;
    const sameScope = label.scope === text.scope;
    if (sameScope && label.key === text.key) return sameTextWeight * label.weight;
    const similarity = dot(label.vector, text.vector);
    if (similarity < leastCosine) return 0;
    return Math.exp((similarity - 1) / reach) * label.weight * (sameScope ? 1 : otherScopeWeight);
  }
}
