import { NearDuplicates } from "../../src/lab/measures/near-duplicates.ts";

/** Test texts that training text nearly repeats. */
export interface Repeats<T> {
  readonly tests: ReadonlySet<T>;
  /** The training texts that repeat one, in their order. */
  readonly trained: readonly string[];
}

/**
 * Looks from the test's side: finds what of a test stands nearly so in the training text, by the rule of
 * {@link NearDuplicates}. The test leaves those out. So a test may be added, and what a build was trained
 * on stays as it is.
 */
export function findRepeats<T>(
  tests: readonly T[],
  textOf: (test: T) => string,
  training: Iterable<string>,
): Repeats<T> {
  const measured = new NearDuplicates();
  for (const test of tests) measured.add(textOf(test));
  const trained = [...training].filter((text) => measured.has(text));
  const repeating = new NearDuplicates();
  for (const text of trained) repeating.add(text);
  return { tests: new Set(tests.filter((test) => repeating.has(textOf(test)))), trained };
}
