import { diskFileSource } from "../../corpus/files/file-source.ts";
import { proposeFolders, surveyFolder } from "../../corpus/files/propose.ts";
import type { ProposedFolder } from "../../protocol/learner.ts";

/**
 * Proposes folders below several roots, each once, most words first; `isWhole`: the roots themselves, with
 * all that is in them. A root that cannot be listed has nothing.
 */
export async function proposeBelow(
  roots: readonly string[],
  isWhole: boolean,
): Promise<readonly ProposedFolder[]> {
  const found = new Map<string, ProposedFolder>();
  for (const root of roots) {
    const proposals = isWhole
      ? [await surveyFolder(root, diskFileSource)]
      : await proposeFolders(root, diskFileSource);
    for (const proposal of proposals) {
      found.set(proposal.folder, { ...proposal, authors: [...proposal.authors] });
    }
  }
  return [...found.values()].sort((a, b) => b.words - a.words || (a.folder < b.folder ? -1 : 1));
}
