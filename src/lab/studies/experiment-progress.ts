import type { SingleBar } from "cli-progress";
import { progressBar } from "../../cli/progress-bar.ts";
import type { Surroundings } from "../../cli/surroundings.ts";
import type { StudyProgress } from "./run-study.ts";

/** A bar on a terminal; elsewhere a line for each cell. */
export class ExperimentProgress {
  readonly #bar: SingleBar | undefined;
  readonly #note: Surroundings["note"];
  #started = false;

  constructor({ hasTerminal, note }: Pick<Surroundings, "hasTerminal" | "note">) {
    this.#bar = progressBar(hasTerminal, "  {bar} {percentage} %  {task}: {condition}, seed {seed}");
    this.#note = note;
  }

  readonly listen = async ({ fraction, ...place }: StudyProgress): Promise<void> => {
    const { task, condition, seed, done, cells } = place;
    if (this.#bar === undefined) {
      if (fraction === undefined) this.#note(`${task} ${done + 1}/${cells}: ${condition}, seed ${seed}`);
      return;
    }
    if (!this.#started) this.#bar.start(100, 0, { task, condition, seed });
    this.#started = true;
    this.#bar.update(Math.floor((100 * (done + (fraction ?? 0))) / cells), { task, condition, seed });
  };

  stop(): void {
    this.#bar?.stop();
  }
}
