import { dot } from "../numbers/vectors.ts";
import { tagKey } from "../text/tag-key.ts";
import type { TaggedDocument } from "./tagged-document.ts";

/** A writer's word on one tag of one document. Plain JSON. */
export interface TagCorrection {
  readonly kind: "veto" | "add";
  readonly tag: string;
  readonly documentId: string;
  /** Of the document; empty where it had none, then the correction holds for that document alone. */
  readonly vector: readonly number[];
}

/** Cosine at which another document begins to feel a correction; it feels it fully at 1. */
const nearness = 0.6;

/** Corrections, kept apart from what is learned, so that they survive every new learning run. */
export class TagCorrections {
  readonly #corrections: TagCorrection[];

  constructor(corrections: readonly TagCorrection[] = []) {
    this.#corrections = [...corrections];
  }

  get all(): readonly TagCorrection[] {
    return this.#corrections;
  }

  /** The later of two corrections of the same tag of the same document holds. */
  record(kind: TagCorrection["kind"], tag: string, document: TaggedDocument): void {
    const key = tagKey(tag);
    const same = ({ tag: other, documentId }: TagCorrection) => other === key && documentId === document.id;
    const at = this.#corrections.findIndex(same);
    if (at >= 0) this.#corrections.splice(at, 1);
    const vector = document.vectors.length === 0 ? [] : [...document.vector];
    this.#corrections.push({ kind, tag: key, documentId: document.id, vector });
  }

  /** Tags that were added to or vetoed for this very document. */
  decided(document: TaggedDocument): ReadonlyMap<string, TagCorrection["kind"]> {
    const own = this.#corrections.filter(({ documentId }) => documentId === document.id);
    return new Map(own.map(({ tag, kind }) => [tag, kind]));
  }

  /** For each tag a shift in −1 (vetoed nearby) … 1 (added nearby); the strongest neighbour decides. */
  shifts(document: TaggedDocument): ReadonlyMap<string, number> {
    const shifts = new Map<string, number>();
    if (document.vectors.length === 0) return shifts;
    for (const { kind, tag, vector, documentId } of this.#corrections) {
      if (documentId === document.id || vector.length !== document.vector.length) continue;
      const cosine = dot(Float32Array.from(vector), document.vector);
      const strength = Math.max(0, (cosine - nearness) / (1 - nearness));
      const shift = kind === "veto" ? -strength : strength;
      if (Math.abs(shift) > Math.abs(shifts.get(tag) ?? 0)) shifts.set(tag, shift);
    }
    return shifts;
  }
}
