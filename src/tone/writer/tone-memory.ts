import type { OrdinalScale } from "../head/ordinal-scale.ts";
import { type LabelledTone, missingLatent, type ToneText } from "../labels/labelled-tone.ts";

/** What of a label is remembered of its own text; the text need not have been read. */
export type RememberedLabel = Pick<LabelledTone, "key" | "scope" | "target" | "timeMs">;

/**
 * What the writer has said of texts, for the very same texts; of several labels of one text the last counts. What a label
 * says of other texts is up to the writer's shift: letting it speak for similar ones, too, made readings worse
 * (docs/decisions.md).
 */
export class ToneMemory {
  readonly #labels: ReadonlyMap<string, RememberedLabel>;
  readonly #scale: OrdinalScale;

  constructor(labels: readonly RememberedLabel[], scale: OrdinalScale) {
    const inTime = labels.toSorted((a, b) => a.timeMs - b.timeMs);
    this.#labels = new Map(inTime.map((label) => [nameOf(label), label]));
    this.#scale = scale;
  }

  /** The latent valence of a text that reads as `latent`, moved to what was said of it. */
  heed(text: ToneText, latent: number): number {
    const label = this.#labels.get(nameOf(text));
    return label === undefined ? latent : latent + missingLatent(label.target, latent, this.#scale);
  }
}

const nameOf = ({ scope, key }: Pick<ToneText, "scope" | "key">): string => `${scope} ${key}`;
