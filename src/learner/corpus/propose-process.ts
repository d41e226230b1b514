import type { FromLearner, ProposedFolder, ToLearner } from "../../protocol/learner.ts";
import { LearnerDiedError } from "../errors.ts";
import { followLearner, forkLearner, tellLearner } from "../learner-child.ts";

/**
 * Looks for folders to propose, or surveys the roots as a whole, in a process of its own, which ends with the answer or the signal.
 * Throws LearningFailedError for a failure there, LearnerDiedError where it ended without an answer.
 */
export async function proposeInProcess(
  roots: readonly string[],
  isWhole: boolean,
  signal: AbortSignal,
): Promise<readonly ProposedFolder[]> {
  signal.throwIfAborted();
  const child = forkLearner();
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill);
  let found: readonly ProposedFolder[] | undefined;
  const ask = { kind: "propose", roots: [...roots], isWhole } satisfies ToLearner;
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
