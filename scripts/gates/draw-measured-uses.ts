import type { Random } from "../../src/learning/random.ts";
import type { MeasuredUses } from "../../src/profile/rank-own-words.ts";

/**
 * Deviations of the logarithm of a distance, as `scripts/gates/own-word-noise.ts` measured them with the shipped base on a
 * blog: between words, of a word between parts made by chance, of its documents, and of its uses.
 */
const deviations = { word: 0.3, draw: 0.1, document: 0.1, use: 0.3 };

interface Drawing {
  readonly words?: number;
  /** Words that the writer's part moves farther than others, by `factor`; they are named `own…`. */
  readonly planted?: number;
  /** 2 if absent. */
  readonly factor?: number;
  readonly chances?: number;
}

/** Uses of words as a part that knows nothing of the writer moves them, and some that it moves farther. */
export function drawMeasuredUses(
  random: Random,
  { words = 60, planted = 0, factor = 2, chances = 24 }: Drawing = {},
): readonly MeasuredUses[] {
  return Array.from({ length: words }, (_, row): MeasuredUses => {
    const isOwn = row < planted;
    const usual = Math.log(0.05) + deviations.word * random.normal();
    const paths = Array.from({ length: 12 }, () => `${random.integer(9)}.md`);
    const places = new Map(paths.map((path) => [path, deviations.document * random.normal()]));
    const contexts = paths.map((path) => places.get(path)! + deviations.use * random.normal());
    const draw = (shift: number): readonly number[] => {
      const moved = usual + shift + deviations.draw * random.normal();
      return contexts.map((context) => Math.exp(moved + context + 0.5 * deviations.use * random.normal()));
    };
    return {
      word: isOwn ? `own${row}` : `word${row}`,
      documents: new Set(paths).size,
      occurrences: paths.map((_, sentence) => ({ sentence, word: 0 })),
      distances: draw(isOwn ? Math.log(factor) : 0),
      chances: Array.from({ length: chances }, () => draw(0)),
      fromAlone: 0.5,
      sentences: paths.map((path, at) => ({ path, start: at, end: at + 1, text: "…" })),
    };
  });
}
