import { isWithin } from "../../corpus/files/paths.ts";
import type { ServerContext } from "../context.ts";
import type { LearnerSupervisor } from "./learner-supervisor.ts";

/**
 * Erases what was read of documents in folders that settings leave out now: text, tags, passages and vectors. What
 * prompts and heads have learned from it goes with the next learning. While another process learns, that process
 * keeps what it works with, and the next learning erases it.
 */
export async function eraseLeftOut(context: ServerContext, learning: LearnerSupervisor): Promise<void> {
  const left = context.leftOutFolders();
  const store = left.length === 0 ? undefined : context.host.storeIfAny();
  for (const { id, name } of store?.writers.list() ?? []) {
    const paths = [...store!.documents.fingerprints(id).keys()];
    const withdrawn = paths.filter((path) => left.some((folder) => isWithin(folder, path)));
    if (withdrawn.length === 0 || learning.ongoing?.kind === "elsewhere") continue;
    await learning.whileStopped(name, async () => {
      for (const path of withdrawn) context.host.store().documents.remove(id, path);
    });
    context.readingsChanged();
  }
}
