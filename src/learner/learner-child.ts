import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { type FromLearner, fromLearnerShape, type ToLearner } from "../protocol/learner.ts";
import { LearningFailedError, MessageError } from "./errors.ts";

/**
 * Megabytes of young objects. V8 lets them grow to many times that while a corpus is read and does not give
 * the room back; with this the learner's peak is about 100 MB lower, in the same time.
 */
const youngMegabytes = 4;

/** Starts a process of the learner's program; it waits to be told what to do. */
export function forkLearner(): ChildProcess {
  return fork(learnerProgram(), {
    execArgv: ["--disable-warning=ExperimentalWarning", `--max-semi-space-size=${youngMegabytes}`],
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
export async function followLearner(
  child: ChildProcess,
  hear: (message: FromLearner) => void,
): Promise<string> {
  let failure: Error | undefined;
  child.on("message", (received) => {
    const parsed = fromLearnerShape.safeParse(received);
    if (!parsed.success) {
      failure = new MessageError("learner", parsed.error);
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
