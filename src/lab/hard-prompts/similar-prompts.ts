import { dot } from "../../numbers/vectors.ts";
import { byScore, type HardPassage, type HardPrompts, type HardQuery } from "./hard-prompts.ts";

/** Passages by the cosine of their mean-pooled states with the input's. */
export class SimilarPrompts implements HardPrompts {
  readonly order = "similarity";
  readonly #passages: readonly HardPassage[];

  constructor(passages: readonly HardPassage[]) {
    this.#passages = passages;
  }

  choose({ vector }: Pick<HardQuery, "vector">): readonly HardPassage[] {
    return byScore(
      this.#passages,
      this.#passages.map((passage) => dot(passage.vector, vector)),
    );
  }
}
