import type { CancellationToken } from "vscode-languageserver/node";
import { canonicalPath } from "../../corpus/files/canonical-path.ts";
import { proposeInProcess } from "../../learner/learner-process.ts";
import type { ProposedFolder } from "../../protocol/learner.ts";
import type { ServerContext } from "../context.ts";
import { cancelled } from "../errors.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { corpusSettings } from "./learning-job.ts";

/** Answers `proposal`, `learn`, `pause`, `resume` and `status`, and has learning follow settings and the user. */
export const learningRequests: ServerFeature = {
  register(context, { learning }) {
    answerRequest(context, "proposal", (where, token) => proposeAside(context, where, token));
    answerRequest(context, "learn", (wish) => learning.learn(wish));
    answerRequest(context, "pause", () => learning.pause());
    answerRequest(context, "resume", () => learning.resume());
    answerRequest(context, "status", () => learning.answerStatus());
    context.documents.onChange(() => learning.activity.note());
    context.host.onAsked(() => learning.activity.note());
    context.onSettingsChanged(() => learning.followPace());
    context.addFigures(() => {
      const { learnerProcessId } = learning;
      return learnerProcessId === undefined ? {} : { learnerProcessId };
    });
    context.onShutdown(() => learning.close());
  },
};

/**
 * Folders below the roots that look like the writer's prose, or the roots as a whole, most words first, looked at by a
 * process of their own for each way in which settings have folders read.
 */
async function proposeAside(
  context: Pick<ServerContext, "settings" | "isSaid" | "folders">,
  { roots, isWhole = false }: { readonly roots: readonly string[]; readonly isWhole?: boolean | undefined },
  token: CancellationToken,
): Promise<ProposedFolder[]> {
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() => abort.abort());
  const settingsAt = (folder: string) => corpusSettings(context, [canonicalPath(folder)]);
  const keyOf = (folder: string) => JSON.stringify(settingsAt(folder));
  const found = new Map<string, ProposedFolder>();
  try {
    for (const [key, alike] of Map.groupBy(roots, keyOf)) {
      const proposals = await proposeInProcess(alike, isWhole, settingsAt(alike[0]!), abort.signal);
      for (const one of proposals) {
        // A root within another may be read otherwise.
        if (!found.has(one.folder) || keyOf(one.folder) === key) found.set(one.folder, one);
      }
    }
    return [...found.values()].sort((a, b) => b.words - a.words || (a.folder < b.folder ? -1 : 1));
  } catch (cause) {
    throw abort.signal.aborted ? cancelled() : cause;
  } finally {
    listening.dispose();
  }
}
