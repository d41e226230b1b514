/** A rating before the scale of its field is known. */
export type WrittenRating =
  /** `4`; its upper end is the writer's habit. */
  | { readonly kind: "bare"; readonly value: number }
  /** `4/5`, `8 out of 10`, `★★★☆☆`, `85 %`. */
  | { readonly kind: "outOf"; readonly value: number; readonly highest: number };

const number = String.raw`(\d+(?:[.,]\d+)?)`;
const bare = new RegExp(`^${number}(?: *stars?)?$`, "i");
const outOf = new RegExp(`^${number} *(?:/|of|out of) *${number}(?: *stars?)?$`, "i");
const percent = new RegExp(`^${number} *(?:%|percent)$`, "i");
const stars = /^([★⭐🌟*]*)([½]?)([☆✩]*)$/u;

/** Reads a rating as it is written, or gives `undefined` where it is none. */
export function parseRating(text: string): WrittenRating | undefined {
  const plain = text.trim().replaceAll("\uFE0F", "");
  const shares = outOf.exec(plain);
  if (shares !== null) return checked({ value: toNumber(shares[1]!), highest: toNumber(shares[2]!) });
  const whole = percent.exec(plain);
  if (whole !== null) return checked({ value: toNumber(whole[1]!), highest: 100 });
  const single = bare.exec(plain);
  if (single !== null) return { kind: "bare", value: toNumber(single[1]!) };
  return plain === "" ? undefined : parseStars(plain);
}

/** Lower and upper end of the ratings of one field. */
export interface RatingScale {
  readonly lowest: 0 | 1;
  /** Of bare numbers. */
  readonly highest: 5 | 10 | 100;
}

/**
 * The scale that a writer uses in a field: out of 5 unless a bare number goes beyond, then 10, then 100;
 * from 1 unless something is rated below 1.
 */
export function ratingScale(ratings: readonly WrittenRating[]): RatingScale {
  const most = Math.max(0, ...ratings.map((rating) => (rating.kind === "bare" ? rating.value : 0)));
  const lowest = ratings.some(({ value }) => value < 1) ? 0 : 1;
  return { lowest, highest: most <= 5 ? 5 : most <= 10 ? 10 : 100 };
}

/**
 * −1 for the lowest rating of its scale, 1 for the highest. Scales of 5 and 10 begin where the writer's
 * do, all others (percentages, 3/4) at 0. `undefined` for a number beyond 100.
 */
export function ratingValence(rating: WrittenRating, scale: RatingScale): number | undefined {
  const highest = rating.kind === "outOf" ? rating.highest : scale.highest;
  const lowest = highest === 5 || highest === 10 ? scale.lowest : 0;
  const valence = (2 * (rating.value - lowest)) / (highest - lowest) - 1;
  return valence > 1 ? undefined : Math.max(-1, valence);
}

/** Stars without empty ones are out of five. */
function parseStars(plain: string): WrittenRating | undefined {
  const [matched, filled = "", half = "", empty = ""] = stars.exec(plain) ?? [];
  if (matched === undefined) return undefined;
  const value = [...filled].length + (half === "" ? 0 : 0.5);
  const shown = [...filled, ...half, ...empty].length;
  return checked({ value, highest: empty === "" ? Math.max(5, shown) : shown });
}

function checked(rating: { readonly value: number; readonly highest: number }): WrittenRating | undefined {
  return rating.highest > 0 && rating.value <= rating.highest ? { kind: "outOf", ...rating } : undefined;
}

const toNumber = (digits: string): number => Number(digits.replace(",", "."));
