import type { ChildProcess } from "node:child_process";
import type {
  FromLearner,
  LearningJob,
  LearningOutcome,
  LearningPace,
  ToLearner,
} from "../protocol/learner.ts";
import { LearnerDiedError } from "./errors.ts";
import { followLearner, forkLearner, tellLearner } from "./learner-child.ts";

/** How a learner process ended; a failure is thrown. */
export type LearnerEnd =
  | { readonly kind: "done"; readonly outcome: LearningOutcome }
  | { readonly kind: "paused"; readonly reason: string }
  | { readonly kind: "cancelled" };

/** A learner in a process of its own, as its parent sees it. */
export class LearnerProcess {
  /** Settles when the process has ended. */
  readonly ended: Promise<LearnerEnd>;
  readonly #child: ChildProcess;

  /** Starts a process that learns `job`; `hear` gets everything it tells on the way. */
  constructor(job: LearningJob, hear: (message: FromLearner) => void = () => undefined) {
    this.#child = forkLearner();
    this.ended = this.#follow(job, hear);
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Asks for a checkpoint and the end; the same job goes on from there. */
  pause(): void {
    this.#tell({ kind: "pause" });
  }

  /** Asks for the end without anything to go on from. */
  cancel(): void {
    this.#tell({ kind: "cancel" });
  }

  setPace(pace: LearningPace): void {
    this.#tell({ kind: "pace", ...pace });
  }

  /** Ends it at once, without a checkpoint. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Lets the learner go: it writes a checkpoint and ends. */
  disconnect(): void {
    if (this.#child.connected) {
      this.#child.disconnect();
    }
  }

  #tell(message: ToLearner): void {
    tellLearner(this.#child, message);
  }

  async #follow(job: LearningJob, hear: (message: FromLearner) => void): Promise<LearnerEnd> {
    let end: LearnerEnd | undefined;
    const how = await followLearner(this.#child, (message) => {
      if (message.kind === "ready") {
        this.#tell({ kind: "learn", job });
      }
      end = isEnd(message) ? message : end;
      hear(message);
    });
    if (end === undefined) {
      throw new LearnerDiedError(how);
    }
    return end;
  }
}

function isEnd(message: FromLearner): message is FromLearner & LearnerEnd {
  return message.kind === "done" || message.kind === "paused" || message.kind === "cancelled";
}
