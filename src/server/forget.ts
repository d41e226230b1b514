import { existsSync } from "node:fs";
import { waitForTheDead } from "../learner/lease-keeper.ts";
import type { Erased } from "../protocol/editor-messages.ts";
import { forgetEverything, forgetWriter } from "../store/forget.ts";
import { openStore } from "../store/open-store.ts";
import { ourFiles, storePaths } from "../store/store-folder.ts";
import { answer } from "./answer.ts";
import type { ServerContext } from "./context.ts";
import type { LearningControl } from "./learning-control.ts";

/** Answers `forget`: stops learning, erases one writer or everything, and drops what was read as before. */
export function addForget(context: ServerContext, learning: LearningControl): void {
  answer(context, "forget", ({ writer }) =>
    learning.whileStopped(writer, async () => {
      try {
        return await erase(context.places().storePath, writer);
      } finally {
        context.readingsChanged();
      }
    }),
  );
}

/**
 * Erases with a connection of its own, which forgetting everything closes. Throws LearnerRunningError
 * while another process learns, ErasureIncompleteError where something was found on disk afterwards.
 */
async function erase(storePath: string, writer: string | undefined): Promise<Erased> {
  const paths = storePaths(storePath);
  if (!existsSync(paths.database)) return { erased: [], verified: true };
  const store = openStore(storePath);
  if (writer === undefined) {
    await waitForTheDead(store.lease, Date.now).catch((cause: unknown) => {
      store.close();
      throw cause;
    });
    const erased = forgetEverything(store);
    return { erased: [...erased], verified: ourFiles(paths).length === 0 };
  }
  try {
    await waitForTheDead(store.lease, Date.now);
    return { erased: [...forgetWriter(store, writer)], verified: true };
  } finally {
    store.close();
  }
}
