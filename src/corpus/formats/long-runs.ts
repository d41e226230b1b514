import type { Stretch } from "../../front-matter/lines.ts";

/** Signs of a run without a blank in which notation is looked for. */
export const longestRun = 10_000;
/** Of a longer run that is done among its first and last signs: an address of data keeps what is around it. */
export const endsOfRun = 1_000;

const LONG_RUN = new RegExp(`\\S{${longestRun + 1},}`, "g");
const none: readonly Stretch[] = [];

/** Where in a text runs are too long to be looked at, but for their ends. */
export function middlesOfRuns(text: string): readonly Stretch[] {
  if (text.length <= longestRun) return none;
  return Array.from(text.matchAll(LONG_RUN), ({ 0: run, index }) => ({
    start: index + endsOfRun,
    end: index + run.length - endsOfRun,
  }));
}
