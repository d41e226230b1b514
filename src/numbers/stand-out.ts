import { sum } from "./mean.ts";

/** Of what stands out beyond all controls, so much at most is expected to be false (Benjamini and Hochberg 1995). */
const falseShare = 0.05;

/**
 * Which items stand out in the first of some draws, the others being controls that know nothing. Any draw moves
 * some items more than others, so each item's value is measured by what the other draws make of it: its distance from
 * their mean, in their standard deviations.
 *
 * Two limits keep chance out. None stands out unless the first draw as a whole stands out more than every control does: if
 * it knows nothing either, all draws are alike, and that happens in one of as many cases as there are draws. And of those
 * that then stand out, a twentieth at most is expected to be false, by p-values from the controls' own values.
 * @param draws for each draw a value for each item, the first draw's first
 */
export function standOut(draws: readonly (readonly number[])[]): readonly boolean[] {
  const chances = chancesBeyondAll(draws);
  return chances === undefined ? (draws[0] ?? []).map(() => false) : benjaminiHochberg(chances);
}

/**
 * Whether the first draw as a whole stands out more than every control does. Where it does not, more controls need not be
 * drawn: a first draw that knows nothing passes more looks still more rarely than one (Besag and Clifford 1991).
 * @param draws as for `standOut`
 */
export const isBeyondAll = (draws: readonly (readonly number[])[]): boolean =>
  chancesBeyondAll(draws) !== undefined;

/** The p-values of the first draw's items; undefined where that draw as a whole is like its controls. */
function chancesBeyondAll(draws: readonly (readonly number[])[]): readonly number[] | undefined {
  if ((draws[0]?.length ?? 0) === 0 || draws.length < 3) return undefined;
  const [own, ...controls] = standardise(draws.map(centre));
  const known = controls.flat().sort((a, b) => a - b);
  const chancesOf = (values: readonly number[]): readonly number[] =>
    values.map((value) => (1 + countFrom(known, value)) / (1 + known.length));
  const chances = chancesOf(own!);
  const least = simes(chances);
  return controls.every((control) => simes(chancesOf(control)) > least) ? chances : undefined;
}

/** How unlikely it is that all of these stand out by chance alone, be it one by much or several by less (Simes 1986). */
function simes(chances: readonly number[]): number {
  const sorted = chances.toSorted((a, b) => a - b);
  return Math.min(...sorted.map((chance, at) => (chance * sorted.length) / (at + 1)));
}

/** Takes away what moves all items of a draw alike. */
function centre(draw: readonly number[]): readonly number[] {
  const sorted = draw.toSorted((a, b) => a - b);
  const median = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  return draw.map((value) => value - median);
}

/** Each value less the mean of the other draws' of the same item, in their standard deviations. */
function standardise(draws: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const others = draws.length - 1;
  const rows = draws[0]!.map((_, item) => {
    const values = draws.map((draw) => draw[item]!);
    const [all, squares] = [sum(values), sum(values.map((value) => value ** 2))];
    return values.map((value) => {
      const mean = (all - value) / others;
      const variance = Math.max(0, (squares - value ** 2) / others - mean ** 2) * (others / (others - 1));
      return { away: value - mean, variance };
    });
  });
  // Of some twenty draws a deviation is badly known, so each is drawn to the usual one as if by four draws more.
  const usual = draws.map((_, draw) => middle(rows.map((row) => row[draw]!.variance)));
  return draws.map((_, draw) =>
    rows.map((row) => {
      const { away, variance } = row[draw]!;
      const known = ((others - 1) * variance + 4 * usual[draw]!) / (others + 3);
      return known === 0 ? 0 : away / Math.sqrt(known);
    }),
  );
}

/** Which p-values lie below the line k · q / m, k being their rank among m. */
export function benjaminiHochberg(chances: readonly number[]): readonly boolean[] {
  const sorted = chances.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((chance, at) => chance <= (falseShare * (at + 1)) / sorted.length);
  return chances.map((chance) => last >= 0 && chance <= sorted[last]!);
}

/** How many of the sorted values are at least as large. */
function countFrom(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middleAt = (low + high) >> 1;
    if (sorted[middleAt]! < value) low = middleAt + 1;
    else high = middleAt;
  }
  return sorted.length - low;
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
