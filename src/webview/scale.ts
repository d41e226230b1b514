/** A straight way from numbers to places on the screen, in pixels. */
export type Scale = (value: number) => number;

export function linearScale(
  [fromLow, fromHigh]: readonly [number, number],
  [toLow, toHigh]: readonly [number, number],
): Scale {
  const span = fromHigh - fromLow;
  return (value) =>
    span === 0 ? (toLow + toHigh) / 2 : toLow + ((value - fromLow) / span) * (toHigh - toLow);
}

/** Lines through points, as the `d` of an SVG path. */
export function linePath(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${rounded(x)} ${rounded(y)}`).join("");
}

/** The place of the value that is nearest; values ascend by equal steps from 0. Undefined where there are none. */
export function nearestPlace(position: number, scale: Scale, count: number): number | undefined {
  if (count === 0) {
    return undefined;
  }
  const step = count > 1 ? scale(1) - scale(0) : 1;
  return Math.min(count - 1, Math.max(0, Math.round((position - scale(0)) / step)));
}

/** Round numbers between two, about `count` of them, ascending. */
export function ticks(low: number, high: number, count: number): readonly number[] {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0)) {
    return [low];
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

const rounded = (value: number): number => Math.round(100 * value) / 100;
