/** Where two versions of a text differ, from the first sign that does to the last. */
export interface TextChange {
  readonly from: number;
  /** In the version before, and in that after. */
  readonly toBefore: number;
  readonly toAfter: number;
}

/** So many signs are compared at once, then ever fewer. */
const STRETCH = 65_536;

/** @param same signs that are known to be the same at the start */
export function textChange(before: string, after: string, same = 0): TextChange {
  const shorter = Math.min(before.length, after.length);
  let from = same;
  for (let stretch = STRETCH; stretch >= 1; stretch /= 16) {
    while (from + stretch <= shorter && isSame(before, from, after, from, stretch)) from += stretch;
  }
  let [toBefore, toAfter] = [before.length, after.length];
  for (let stretch = STRETCH; stretch >= 1; stretch /= 16) {
    while (
      Math.min(toBefore, toAfter) - stretch >= from &&
      isSame(before, toBefore - stretch, after, toAfter - stretch, stretch)
    ) {
      toBefore -= stretch;
      toAfter -= stretch;
    }
  }
  return { from, toBefore, toAfter };
}

function isSame(one: string, at: number, other: string, otherAt: number, signs: number): boolean {
  return one.slice(at, at + signs) === other.slice(otherAt, otherAt + signs);
}
