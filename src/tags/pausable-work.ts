/** Work in steps, which can pause wherever it yields so that others go first, and ends with a result. */
export type PausableWork<Result> = Generator<undefined, Result, undefined>;

/** Does all the work at once. */
export function finish<Result>(steps: PausableWork<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Steps take fractions of a millisecond, and each wait some hundredths: so many go on without one. */
const sliceMs = 5;

/** Does the work step by step; every few milliseconds it waits for `breathe`, where a caller may cancel by throwing. */
export async function finishInSlices<Result>(
  steps: PausableWork<Result>,
  breathe: () => Promise<void>,
): Promise<Result> {
  let startedMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - startedMs < sliceMs) continue;
    await breathe();
    startedMs = performance.now();
  }
}
