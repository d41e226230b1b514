import type { FromLearner, LearningPace, LearningWait } from "../protocol/learner.ts";
import { learningHoursBegin } from "../protocol/learning-hours.ts";
import { settings } from "../protocol/settings.ts";
import type { PowerSource } from "./power-source.ts";

/** So often it is looked again whether there is still something to wait for. */
const lookAgainMs = 30_000;

type Wish = Pick<LearningPace, "onBattery" | "schedule">;

/** What the writer wants learning to wait for, whether that holds at the moment, and telling so. */
export class Waiting {
  readonly #powerSource: () => Promise<PowerSource>;
  readonly #emit: (message: FromLearner) => void;
  readonly #clock: () => number;
  #wish: Wish;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #wait: LearningWait | undefined;
  #isPutOff = false;

  constructor(options: {
    readonly wish: Wish;
    readonly powerSource: () => Promise<PowerSource>;
    readonly emit: (message: FromLearner) => void;
    readonly clock: () => number;
  }) {
    this.#wish = options.wish;
    this.#powerSource = options.powerSource;
    this.#emit = options.emit;
    this.#clock = options.clock;
  }

  /** Until `begin`, nothing is waited for. */
  putOff(): void {
    this.#isPutOff = true;
  }

  begin(): void {
    this.#isPutOff = false;
  }

  /** Looks again at once where the wish is another one. */
  follow({ onBattery, schedule }: Wish): void {
    if (onBattery === this.#wish.onBattery && schedule === this.#wish.schedule) return;
    this.#wish = { onBattery, schedule };
    this.#lookedMs = Number.NEGATIVE_INFINITY;
  }

  /** Whether learning is to wait now. */
  readonly isWanted = async (): Promise<boolean> => {
    if (this.#isPutOff) return false;
    const nowMs = this.#clock();
    if (Math.abs(nowMs - this.#lookedMs) >= lookAgainMs) {
      this.#lookedMs = nowMs;
      this.#become(await this.#look());
    }
    return this.#wait !== undefined;
  };

  async #look(): Promise<LearningWait | undefined> {
    const { onBattery, schedule = settings["learning.schedule"].default } = this.#wish;
    const untilMs = learningHoursBegin(schedule, this.#clock());
    if (untilMs !== undefined) return { for: "hours", untilMs };
    const isOnBattery = onBattery === "pause" && (await this.#powerSource()) === "battery";
    return isOnBattery ? { for: "mains" } : undefined;
  }

  #become(wait: LearningWait | undefined): void {
    if (JSON.stringify(wait) === JSON.stringify(this.#wait)) return;
    this.#wait = wait;
    this.#emit({ kind: "waiting", wait });
  }
}
