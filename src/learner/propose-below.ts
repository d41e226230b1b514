import { diskFileSource } from "../corpus/file-source.ts";
import { proposeFolders } from "../corpus/propose.ts";
import type { ProposedFolder } from "../protocol/learner-messages.ts";

/** Proposes folders below several roots, each once, most words first. A root that cannot be listed has none. */
export async function proposeBelow(roots: readonly string[]): Promise<readonly ProposedFolder[]> {
  const found = new Map<string, ProposedFolder>();
  for (const root of roots) {
    for (const proposal of await proposeFolders(root, diskFileSource)) {
      found.set(proposal.folder, proposal);
    }
  }
  return [...found.values()].sort((a, b) => b.words - a.words || (a.folder < b.folder ? -1 : 1));
}
