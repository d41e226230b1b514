import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import {
  type FromLearner,
  fromLearnerShape,
  type LearningJob,
  type LearningOutcome,
  type ToLearner,
} from "../protocol/learner-messages.ts";
import { LearnerDiedError, LearningFailedError, MessageError } from "./errors.ts";

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
    this.#child = fork(learnerProgram(), {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.ended = this.#listen(job, hear);
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

  setCpuPercent(cpuPercent: number): void {
    this.#tell({ kind: "pace", cpuPercent });
  }

  /** Lets the learner go: it writes a checkpoint and ends. */
  disconnect(): void {
    this.#child.disconnect();
  }

  #tell(message: ToLearner): void {
    if (this.#child.connected) {
      this.#child.send(message);
    }
  }

  #listen(job: LearningJob, hear: (message: FromLearner) => void): Promise<LearnerEnd> {
    let end: LearnerEnd | Error | undefined;
    this.#child.on("message", (received) => {
      const parsed = fromLearnerShape.safeParse(received);
      if (!parsed.success) {
        end = new MessageError("learner", parsed.error);
        this.#child.kill();
        return;
      }
      if (parsed.data.kind === "ready") {
        this.#tell({ kind: "learn", job });
      }
      end = endOf(parsed.data) ?? end;
      hear(parsed.data);
    });
    return this.#gone().then((how) => {
      const settled = end ?? new LearnerDiedError(how);
      if (settled instanceof Error) {
        throw settled;
      }
      return settled;
    });
  }

  /** Settles when the process has exited and all it told has arrived. */
  #gone(): Promise<string> {
    return new Promise((resolve, reject) => {
      let exited: string | undefined;
      const settle = () => {
        if (exited !== undefined && !this.#child.connected) {
          resolve(exited);
        }
      };
      this.#child.on("error", reject);
      this.#child.on("disconnect", settle);
      this.#child.on("exit", (code, signal) => {
        exited = signal ?? `exit code ${code}`;
        settle();
      });
    });
  }
}

function endOf(message: FromLearner): LearnerEnd | Error | undefined {
  switch (message.kind) {
    case "done":
    case "paused":
    case "cancelled":
      return message;
    case "failed":
      return new LearningFailedError(message.name, message.message, message.stack);
    default:
      return undefined;
  }
}

/** The bundle lies beside its parent's; the source is TypeScript that Node.js runs as it is. */
function learnerProgram(): string {
  const isSource = import.meta.url.endsWith(".ts");
  return join(import.meta.dirname, isSource ? "main.ts" : "learner.js");
}
