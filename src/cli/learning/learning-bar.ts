import type { SingleBar } from "cli-progress";
import type { FromLearner, LearningStage, LearningWait } from "../../protocol/learner.ts";
import { formatSeconds, formatTimeOfDay } from "../../words/format.ts";
import { progressBar } from "../progress-bar.ts";

const stageNames: Readonly<Record<LearningStage, string>> = {
  corpus: "reading files",
  early: "learning tags from titles and first paragraphs",
  masking: "learning to predict hidden words",
  measuring: "measuring on held-out text",
  reading: "reading documents",
  tags: "learning tags",
  tone: "learning tone",
  voice: "learning how the writer sounds",
  words: "looking for words used in a personal way",
};

const look = { barCompleteChar: "█", barIncompleteChar: "░", barsize: 28, hideCursor: true } as const;

/** What learning waits for, as the end of a sentence. */
export const describeWait = (wait: LearningWait): string =>
  wait.for === "mains" ? "for mains power" : `until ${formatTimeOfDay(wait.untilMs)}`;

/** A progress bar on standard error, drawn only on a terminal. */
export class LearningBar {
  readonly #bar: SingleBar | undefined;
  #shown = { fraction: 0, stage: stageNames.corpus, left: "" };

  constructor(hasTerminal: boolean) {
    this.#bar = progressBar(hasTerminal, "  {bar} {percentage} %  {stage}{left}", look);
    this.#start();
  }

  show(message: FromLearner): void {
    if (message.kind === "progress") {
      const { fraction, stage, secondsLeft } = message;
      const left = secondsLeft === undefined ? "" : `, ${formatSeconds(secondsLeft)} left`;
      this.#shown = { fraction, stage: stageNames[stage], left };
      this.#bar?.update(Math.floor(100 * fraction), this.#shown);
    } else if (message.kind === "waiting") {
      const stage = message.wait === undefined ? "" : `waiting ${describeWait(message.wait)}`;
      const standing = { ...this.#shown, stage, left: "" };
      this.#bar?.update(message.wait === undefined ? this.#shown : standing);
    }
  }

  /** Takes the bar away while a line is written. */
  pass(write: () => void): void {
    this.#bar?.stop();
    write();
    this.#start();
  }

  stop(): void {
    this.#bar?.stop();
  }

  #start(): void {
    this.#bar?.start(100, Math.floor(100 * this.#shown.fraction), this.#shown);
  }
}
