import { progressBar } from "../../cli/progress-bar.ts";
import type { Surroundings } from "../../cli/surroundings.ts";

/** A training that goes on step by step. */
interface Stepwise {
  readonly step: number;
  readonly totalSteps: number;
  readonly isFinished: boolean;
  advance(): Promise<unknown>;
}

/** Trains to the end; a terminal sees how far it is. */
export async function finishWithBar(
  training: Stepwise,
  title: string,
  { hasTerminal }: Pick<Surroundings, "hasTerminal">,
): Promise<void> {
  const bar = progressBar(hasTerminal, `  ${title} {bar} {value}/{total} steps`);
  bar?.start(training.totalSteps, 0);
  try {
    while (!training.isFinished) {
      await training.advance();
      bar?.update(training.step);
    }
  } finally {
    bar?.stop();
  }
}
