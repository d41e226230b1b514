import type { CancellationToken } from "vscode-languageserver/node";
import { proposeInProcess } from "../../learner/learner-process.ts";
import type { FolderProposal } from "../../protocol/learning-status.ts";
import { cancelled } from "../errors.ts";

/**
 * Folders below the roots that look like the writer's prose, or the roots as a whole, looked at by a process
 * of their own.
 */
export async function proposeAside(
  { roots, isWhole = false }: { readonly roots: readonly string[]; readonly isWhole?: boolean | undefined },
  token: CancellationToken,
): Promise<FolderProposal[]> {
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    return [...(await proposeInProcess(roots, isWhole, abort.signal))];
  } catch (cause) {
    throw abort.signal.aborted ? cancelled() : cause;
  } finally {
    listening.dispose();
  }
}
