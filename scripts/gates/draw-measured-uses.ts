import type { Random } from "../../src/numbers/random.ts";
import { fewestChanceDraws } from "../../src/profile/watching/own-words.ts";
import { type MeasuredUses, mayBeTold } from "../../src/profile/watching/rank-own-words.ts";

/**
 * Deviations of the logarithm of a distance: between words, of a word between parts made by chance (a median, which differs
 * from word to word), of a use, and of a use between parts. Measured with the shipped base on 150 words of
 * drew-devault's blog, 12 uses each, and 50 parts of pure noise a third as large as the shared prompts.
 */
const deviations = { word: 0.45, draw: 0.19, drawSpread: 0.4, use: 0.52, rest: 0.31 };

interface Drawing {
  readonly words?: number;
  /** Words that the writer's part moves farther than others, by `factor`; they are named `own…`. */
  readonly planted?: number;
  /** 3 if absent. */
  readonly factor?: number;
  readonly chances?: number;
}

/** Uses of words as a part that knows nothing of the writer moves them, and some that it moves farther. */
export function drawMeasuredUses(
  random: Random,
  { words = 60, planted = 0, factor = 3, chances = 24 }: Drawing = {},
): readonly MeasuredUses[] {
  return Array.from({ length: words }, (_, row): MeasuredUses => {
    const isOwn = row < planted;
    const usual = Math.log(4e-4) + deviations.word * random.normal();
    const paths = Array.from({ length: 12 }, () => `${random.integer(9)}.md`);
    // A use is half what its document is, and half its own sentence.
    const half = deviations.use * Math.SQRT1_2;
    const places = new Map(paths.map((path) => [path, half * random.normal()]));
    const contexts = paths.map((path) => places.get(path)! + half * random.normal());
    const unrest = deviations.draw * Math.exp(deviations.drawSpread * random.normal());
    const draw = (shift: number): readonly number[] => {
      const moved = usual + shift + unrest * random.normal();
      return contexts.map((context) => Math.exp(moved + context + deviations.rest * random.normal()));
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

/** The same uses with the parts made by chance that are read before it is clear that no word can be told. */
export function untilDecided(uses: readonly MeasuredUses[]): readonly MeasuredUses[] {
  const first = (count: number) => uses.map((one) => ({ ...one, chances: one.chances.slice(0, count) }));
  const all = uses[0]?.chances.length ?? 0;
  for (let count = fewestChanceDraws; count < all; count++) {
    if (!mayBeTold(first(count))) return first(count);
  }
  return uses;
}
