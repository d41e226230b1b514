import type { Reporter, TestCase, TestModule } from "vitest/node";
import { excusedSkips } from "./prerequisite.ts";

/** How many tests ended how. Whatever failed outside a test (a file that does not load) counts as one failed. */
export interface Outcomes {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What the reporter needs to know of a test; vitest's `TestCase` is one. */
export interface EndedTest {
  readonly fullName: string;
  readonly state: ReturnType<TestCase["result"]>["state"];
}

/** The line that ends the output of every run: `12 passed, 0 failed, 1 skipped`. */
export function closingLine({ passed, failed, skipped }: Outcomes): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}

/** Counts tests, and failures outside of tests. */
export function countOutcomes(tests: readonly EndedTest[], failuresOutside: number): Outcomes {
  const count = (state: EndedTest["state"]): number => tests.filter((test) => test.state === state).length;
  return {
    passed: count("passed"),
    // A test that never ended was cut off.
    failed: count("failed") + count("pending") + failuresOutside,
    skipped: count("skipped"),
  };
}

/** Skipped tests that CI does not excuse: their names do not say why they may be. */
export function unexcusedSkips(tests: readonly EndedTest[]): string[] {
  return tests
    .filter(
      ({ state, fullName }) => state === "skipped" && !excusedSkips.some((mark) => fullName.includes(mark)),
    )
    .map(({ fullName }) => fullName);
}

/** Ends the output with one plain line of counts, and makes a skipped test fail where `isCi`. */
export class ClosingLineReporter implements Reporter {
  readonly #isCi: boolean;
  readonly #print: (line: string) => void;

  constructor(isCi: boolean, print: (line: string) => void) {
    this.#isCi = isCi;
    this.#print = print;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        fullName: `${module.relativeModuleId} > ${test.fullName}`,
        state: test.result().state,
      })),
    );
    const skips = this.#isCi ? unexcusedSkips(tests) : [];
    for (const name of skips) {
      this.#print(`Skipped, and its name does not say what CI excuses (test/prerequisite.ts): ${name}`);
    }
    const outside = unhandledErrors.length + modules.flatMap((module) => failuresOutsideTests(module)).length;
    const { passed, failed, skipped } = countOutcomes(tests, outside);
    if (skips.length > 0) {
      process.exitCode = 1;
    }
    this.#print(closingLine({ passed, failed: failed + skips.length, skipped: skipped - skips.length }));
  }
}

/** Errors while a file was loaded, and in the hooks of its suites. */
function failuresOutsideTests(module: TestModule): unknown[] {
  const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
  return [...module.errors(), ...suites];
}
