import { SingleBar } from "cli-progress";
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
  const bar = hasTerminal
    ? new SingleBar({ format: `  ${title} {bar} {value}/{total} steps`, clearOnComplete: true })
    : undefined;
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
