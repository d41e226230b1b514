import type { TagQuery } from "../tag-query.ts";

/** How much a tag that is there already says about the others, against what the document itself says. */
const strength = 0.3;
/** As many further uses of a present tag come with the others by chance alone. */
const chanceUses = 5;
/** No tag makes another more than e³ times as likely, or as unlikely. */
const strongest = 3;
const rarest = 1e-4;

/**
 * What tags that the document has already say about each candidate: a shift of its log odds, the sum of
 * `ln P(tag | present) / P(tag)` over the present tags, divided by the root of their number because they
 * repeat one another. 0 for the present tags themselves, and where none of them was used before.
 *
 * @param present numbers of tags
 */
export function coTagShifts(query: TagQuery, present: readonly number[]): Float64Array {
  const shifts = new Float64Array(query.tags.length);
  const places = present
    .map((tag) => query.uses[query.tags.indexOf(tag)] ?? [])
    .filter(({ length }) => length > 0);
  for (const uses of places) addShifts(query, uses, shifts);
  const given = new Set(present);
  return shifts.map((shift, at) => {
    return given.has(query.tags[at]!) ? 0 : (strength * shift) / Math.sqrt(places.length || 1);
  });
}

function addShifts(
  { memory, places, tags, uses }: TagQuery,
  present: readonly number[],
  shifts: Float64Array,
) {
  const together = new Map<number, number>();
  for (const place of present) {
    for (const tag of memory.documentAt(place).tags) together.set(tag, (together.get(tag) ?? 0) + 1);
  }
  tags.forEach((tag, at) => {
    const chance = (uses[at]!.length + 0.5) / (places.length + 1);
    const share = ((together.get(tag) ?? 0) + chanceUses * chance) / (present.length + chanceUses);
    const shift = Math.log((share + rarest) / (chance + rarest));
    shifts[at]! += Math.min(strongest, Math.max(-strongest, shift));
  });
}
