import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import {
  type CorpusSettings,
  type FromLearner,
  fromLearnerShape,
  type LearningJob,
  type LearningOutcome,
  type LearningPace,
  type ProposedFolder,
  type ToLearner,
} from "../protocol/learner.ts";
import { said } from "../said/said.ts";
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

/**
 * Looks for folders to propose, or surveys the roots as a whole, in a process of its own, which ends with the answer or the signal.
 * Throws LearningFailedError for a failure there, LearnerDiedError where it ended without an answer.
 */
export async function proposeInProcess(
  roots: readonly string[],
  isWhole: boolean,
  corpus: CorpusSettings | undefined,
  signal: AbortSignal,
): Promise<readonly ProposedFolder[]> {
  signal.throwIfAborted();
  const child = forkLearner();
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill);
  let found: readonly ProposedFolder[] | undefined;
  const ask = { kind: "propose", roots: [...roots], isWhole, corpus } satisfies ToLearner;
  const hear = (message: FromLearner): void => {
    if (message.kind === "ready") tellLearner(child, ask);
    if (message.kind === "proposed") found = message.proposals;
  };
  try {
    const how = await followLearner(child, hear);
    if (found === undefined) throw new LearnerDiedError(how);
    return found;
  } finally {
    signal.removeEventListener("abort", kill);
  }
}

/**
 * Megabytes of young objects. V8 lets them grow to many times that while a corpus is read and does not give
 * the room back; with this the learner's peak is about 100 MB lower, in the same time.
 */
const youngMegabytes = 4;

/** What Node.js is told when a learner is started. */
export const learnerArguments: readonly string[] = [
  "--disable-warning=ExperimentalWarning",
  `--max-semi-space-size=${youngMegabytes}`,
];

/** Starts a process of the learner's program; it waits to be told what to do. */
export function forkLearner(): ChildProcess {
  return fork(learnerProgram(), {
    execArgv: [...learnerArguments],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/**
 * Tells a learner something. One that has just gone does not hear it, which is no failure: how it ended is what
 * `followLearner` says. Without the callback Node.js would make an error of the process of it.
 */
export function tellLearner(child: ChildProcess, message: ToLearner): void {
  if (child.connected) {
    child.send(message, () => undefined);
  }
}

/**
 * Gives `hear` all that a learner tells, and settles with the way it ended when it has exited and all it
 * told has arrived. Throws LearningFailedError for a failure there, MessageError for what is no message.
 */
async function followLearner(child: ChildProcess, hear: (message: FromLearner) => void): Promise<string> {
  let failure: Error | undefined;
  child.on("message", (received) => {
    const parsed = fromLearnerShape.safeParse(received);
    if (!parsed.success) {
      failure = new MessageError(said("learner"), parsed.error);
      child.kill();
      return;
    }
    if (parsed.data.kind === "failed") {
      failure = new LearningFailedError(parsed.data);
    }
    hear(parsed.data);
  });
  const how = await gone(child);
  if (failure !== undefined) {
    throw failure;
  }
  return how;
}

function gone(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let exited: string | undefined;
    const settle = () => {
      if (exited !== undefined && !child.connected) {
        resolve(exited);
      }
    };
    child.on("error", reject);
    child.on("disconnect", settle);
    child.on("exit", (code, signal) => {
      exited = signal ?? `exit code ${code}`;
      settle();
    });
  });
}

/** The bundle lies beside its parent's; the source is TypeScript that Node.js runs as it is. */
function learnerProgram(): string {
  const isSource = import.meta.url.endsWith(".ts");
  return join(import.meta.dirname, isSource ? "main.ts" : "learner.js");
}
