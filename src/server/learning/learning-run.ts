import { LearnerDiedError } from "../../learner/errors.ts";
import { type LearnerEnd, LearnerProcess } from "../../learner/learner-process.ts";
import type { FromLearner, LearningJob, LearningPace } from "../../protocol/learner.ts";
import type { LearningStatus } from "../../protocol/learning-status.ts";
import type { RestartLimit } from "./learning-restarts.ts";

/** A learner that does not end within this time after it was told to is killed. */
const patienceMs = 5_000;

export interface LearningRunHooks {
  readonly pace: () => LearningPace;
  readonly hear: (message: FromLearner) => void;
}

/** How a run ended. `cut`: its process went away while it was to stop; it can go on from its checkpoint. */
export type RunEnd =
  | LearnerEnd
  | { readonly kind: "cut" }
  | { readonly kind: "failed"; readonly cause: unknown };

/** A job from its start to its end, over as many learner processes as die on the way. */
export class ServerLearningRun {
  readonly job: LearningJob;
  /** Settles when no process works on it any more; never rejects. */
  readonly ended: Promise<RunEnd>;
  readonly #hooks: LearningRunHooks;
  readonly #restarts: RestartLimit;
  #learner: LearnerProcess;
  #isStopping = false;
  #progress: Pick<Extract<FromLearner, { kind: "progress" }>, "stage" | "fraction" | "secondsLeft"> = {
    stage: "corpus",
    fraction: 0,
  };
  #hasTags: boolean;

  constructor(job: LearningJob, hasTags: boolean, restarts: RestartLimit, hooks: LearningRunHooks) {
    this.job = job;
    this.#hasTags = hasTags;
    this.#restarts = restarts;
    this.#hooks = hooks;
    this.#learner = this.#startProcess();
    this.ended = this.#follow();
  }

  get processId(): number | undefined {
    return this.#learner.processId;
  }

  get status(): LearningStatus & { readonly kind: "learning" } {
    const { stage, fraction, secondsLeft } = this.#progress;
    return {
      kind: "learning",
      writer: this.job.writer,
      stage,
      fraction,
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
      hasTags: this.#hasTags,
    };
  }

  followPace(): void {
    this.#learner.setPace(this.#hooks.pace());
  }

  /** Writes a checkpoint and ends. */
  async pause(): Promise<void> {
    this.#isStopping = true;
    this.#learner.pause();
    await this.ended;
  }

  /** Ends without anything to go on from. */
  async cancel(): Promise<void> {
    this.#isStopping = true;
    this.#learner.cancel();
    const timer = setTimeout(() => this.#learner.kill(), patienceMs);
    await this.ended;
    clearTimeout(timer);
  }

  /** Lets the process go: it writes a checkpoint and ends by itself. */
  async letGo(): Promise<void> {
    this.#isStopping = true;
    this.#learner.disconnect();
    await this.ended;
  }

  async #follow(): Promise<RunEnd> {
    for (;;) {
      try {
        return await this.#learner.ended;
      } catch (cause) {
        const hasDied = cause instanceof LearnerDiedError;
        if (hasDied && this.#isStopping) return { kind: "cut" };
        if (!hasDied || !this.#restarts.allowsOneMore()) return { kind: "failed", cause };
        this.#learner = this.#startProcess();
      }
    }
  }

  #startProcess(): LearnerProcess {
    const learner = new LearnerProcess(this.job, (message) => {
      if (message.kind === "ready") learner.setPace(this.#hooks.pace());
      if (message.kind === "progress") this.#progress = message;
      if (message.kind === "published") this.#hasTags = true;
      this.#hooks.hear(message);
    });
    return learner;
  }
}
