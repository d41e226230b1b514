import type { FolderProposal } from "../protocol/editor-messages.ts";
import { formatCount } from "./format.ts";
import { safeText } from "./safe-text.ts";
import { shortPath } from "./store-place.ts";
import type { Translate } from "./translate.ts";

/** A line of the list in which the writer picks folders. */
export type ProposalItem =
  | {
      readonly role: "folder";
      readonly folder: string;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    }
  | { readonly role: "another"; readonly label: string; readonly alwaysShow: true };

export function proposalItems(
  proposals: readonly FolderProposal[],
  t: Translate,
  nameOf: (folder: string) => string,
): readonly ProposalItem[] {
  return [
    ...proposals.map(({ folder, documents, words, tags }) => ({
      role: "folder" as const,
      folder,
      label: safeText(nameOf(folder)),
      description: t("{0} documents, {1} words, {2} tags", ...[documents, words, tags].map(formatCount)),
      detail: safeText(shortPath(folder)),
    })),
    { role: "another", label: `$(folder-opened) ${t("Choose another folder…")}`, alwaysShow: true },
  ];
}
