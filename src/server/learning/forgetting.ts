import { eraseEverything, eraseWriter } from "../../session/erase.ts";
import type { ServerContext } from "../context.ts";
import { answerRequest } from "../requests.ts";
import type { LearnerSupervisor } from "./learner-supervisor.ts";

/**
 * Answers `forget`: stops learning, erases one writer or everything, and drops what was read as before. What it tells
 * as erased was looked for in vain afterwards; where something is still found, the request fails and names it.
 */
export function addForget(context: ServerContext, learning: LearnerSupervisor): void {
  answerRequest(context, "forget", ({ writer }) =>
    learning.whileStopped(writer, async () => {
      const { storePath, cachePath } = context.places();
      try {
        const erased = await (writer === undefined
          ? eraseEverything(storePath, cachePath)
          : eraseWriter(storePath, writer));
        return { erased: [...erased], verified: true };
      } finally {
        context.readingsChanged();
      }
    }),
  );
}
