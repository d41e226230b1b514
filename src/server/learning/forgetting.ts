import { isWithin } from "../../corpus/files/paths.ts";
import { eraseEverything, eraseWriter } from "../../session/erase.ts";
import type { ServerContext } from "../context.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { sayStored } from "../say-told.ts";
import type { LearnerSupervisor } from "./learner-supervisor.ts";

/** Answers `forget`, and erases what was read of folders once settings leave them out. */
export const forgetting: ServerFeature = {
  register(context, { learning }) {
    answerRequest(context, "forget", ({ writer }) => forget(context, learning, writer));
    context.onSettingsChanged(() => void eraseLeftOut(context, learning));
  },
};

/**
 * Stops learning, erases one writer or everything, and drops what was read as before. What it tells as erased was
 * looked for in vain afterwards; where something is still found, the request fails and names it.
 */
function forget(context: ServerContext, learning: LearnerSupervisor, writer: string | undefined) {
  return learning.whileStopped(writer, async () => {
    const { storePath, cachePath } = context.places();
    // Windows removes no file that is open, in this process either.
    if (writer === undefined && process.platform === "win32") await context.host.release();
    try {
      const erased = await (writer === undefined
        ? eraseEverything(storePath, cachePath)
        : eraseWriter(storePath, writer));
      return { erased: sayStored(erased), verified: true };
    } finally {
      context.readingsChanged();
    }
  });
}

/**
 * Erases what was read of documents in folders that settings leave out now: text, tags, passages and vectors. What
 * prompts and heads have learned from it goes with the next learning. While another process learns, that process
 * keeps what it works with, and the next learning erases it.
 */
async function eraseLeftOut(context: ServerContext, learning: LearnerSupervisor): Promise<void> {
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
