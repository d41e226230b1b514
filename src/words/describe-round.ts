import type { Translate } from "./translate.ts";

/** How often readings made before the answers had the side that was then said. */
export interface RoundFigures {
  readonly answered: number;
  readonly generalRight: number;
  readonly ownRight: number;
}

/** Undefined before the first answer. */
export function describeTally(
  { answered, generalRight, ownRight }: RoundFigures,
  t: Translate,
): string | undefined {
  return answered === 0
    ? undefined
    : t(
        "Right before you answered: your own reading {0} of {1}, the general one {2} of {1}",
        ownRight,
        answered,
        generalRight,
      );
}

/** What a key says, from −1 to 1: 1 to 5, and 0 for no tone; undefined for any other. */
export function valenceOfKey(key: string): number | undefined {
  if (key === "0") return 0;
  return /^[1-5]$/.test(key) ? (Number(key) - 3) / 2 : undefined;
}
