/** Where two versions of a text differ, from the first sign that does to the last. */
export interface TextChange {
  readonly from: number;
  /** In the version before, and in that after. */
  readonly toBefore: number;
  readonly toAfter: number;
}

/** So many signs are compared at once. */
const STRETCH = 4_096;

export function textChange(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.slice(from, from + STRETCH) === after.slice(from, from + STRETCH))
    from += STRETCH;
  from = Math.min(from, shorter);
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  let [toBefore, toAfter] = [before.length, after.length];
  while (
    Math.min(toBefore, toAfter) - STRETCH >= from &&
    before.slice(toBefore - STRETCH, toBefore) === after.slice(toAfter - STRETCH, toAfter)
  ) {
    toBefore -= STRETCH;
    toAfter -= STRETCH;
  }
  while (
    Math.min(toBefore, toAfter) > from &&
    before.charCodeAt(toBefore - 1) === after.charCodeAt(toAfter - 1)
  ) {
    toBefore -= 1;
    toAfter -= 1;
  }
  return { from, toBefore, toAfter };
}
