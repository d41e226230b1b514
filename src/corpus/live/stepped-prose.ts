import type { Prose } from "../document.ts";
import type { Format, LiveProse } from "../formats/format.ts";

/** A reader that says after each line or so up to which offset it has come. */
export type ProseSteps = Generator<number, Prose>;

/** Signs that are read in a step. */
const SIGNS_PER_STEP = 8_000;

export function readAtOnce(steps: ProseSteps): Prose {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Has others take turns with a format's reader; after an edit all is read again. */
export const openInSteps =
  (read: (source: string, bodyStart: number, locale: string) => ProseSteps): NonNullable<Format["open"]> =>
  (source, bodyStart, locale) =>
    new SteppedProse(read(source, bodyStart, locale), source.length);

class SteppedProse implements LiveProse {
  readonly #steps: ProseSteps;
  readonly #length: number;
  #reached = 0;
  #prose: Prose | undefined;

  constructor(steps: ProseSteps, length: number) {
    this.#steps = steps;
    this.#length = length;
  }

  get share(): number {
    return this.#prose === undefined ? this.#reached / (this.#length + 1) : 1;
  }

  advance(): boolean {
    const start = this.#reached;
    while (this.#prose === undefined && this.#reached < start + SIGNS_PER_STEP) {
      const step = this.#steps.next();
      if (step.done) this.#prose = step.value;
      else this.#reached = Math.max(this.#reached, step.value);
    }
    return this.#prose === undefined;
  }

  /** Nothing before all is read: what opens a block may be far above. */
  around(): Prose | undefined {
    return this.#prose;
  }

  get prose(): Prose {
    if (this.#prose === undefined) throw new Error("There is something left to read.");
    return this.#prose;
  }
}
