import type { Interval } from "../../numbers/intervals.ts";
import { formatRange, formatSigned } from "../../words/format.ts";

/** +0.0420, 95 % interval +0.0101 to +0.0730 */
export function describeInterval(interval: Interval): string {
  return `${formatSigned(interval.mean, 4)}, 95 % interval ${formatRange(interval, 4)}`;
}
