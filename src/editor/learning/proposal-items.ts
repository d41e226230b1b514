import type { ProposedFolder } from "../../protocol/learner.ts";
import { describeCounts } from "../../words/describe-counts.ts";
import { describeLanguages, describeWhatIsLearned } from "../../words/describe-languages.ts";
import { formatCount } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";
import { shortPath } from "../client/store-place.ts";
import { safeText } from "../messages/safe-text.ts";

/** A line of the list in which the writer picks folders. */
export type ProposalItem =
  | {
      readonly role: "folder";
      readonly folder: string;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    }
  | {
      readonly role: "another";
      readonly label: string;
      readonly detail?: string;
      readonly alwaysShow: true;
    };

/** The folders, most words first as they come, and a way to choose another. */
export function proposalItems(
  proposals: readonly ProposedFolder[],
  t: Translate,
  nameOf: (folder: string) => string,
): readonly ProposalItem[] {
  const another = { role: "another" as const, label: `$(folder-opened) ${t("Choose another folder…")}` };
  return [
    ...proposals.map((proposal) => ({
      role: "folder" as const,
      folder: proposal.folder,
      label: safeText(nameOf(proposal.folder)),
      description: describe(proposal, t),
      detail: [safeText(shortPath(proposal.folder)), describeWhatIsLearned(proposal.languages, t)]
        .filter((part) => part !== undefined)
        .join(" · "),
    })),
    proposals.length > 0
      ? { ...another, alwaysShow: true }
      : {
          role: "another",
          label: `$(folder-opened) ${t("Choose a folder…")}`,
          detail: t("All Markdown and plain text in it is read, however little there is."),
          alwaysShow: true,
        },
  ];
}

function describe(proposal: ProposedFolder, t: Translate): string {
  const { authors, languages, isEstimate } = proposal;
  const counts = describeCounts(proposal, t);
  const told = describeLanguages(languages, t);
  return [
    isEstimate ? t("about {0}", counts) : counts,
    ...(told === undefined ? [] : [told]),
    ...(authors.length < 2 ? [] : authors.slice(0, 3).map((author) => by(author, t))),
  ].join(", ");
}

function by({ name, documents }: ProposedFolder["authors"][number], t: Translate): string {
  const count = formatCount(documents, t);
  return name === "" ? t("{0} without a name", count) : t("{0} by {1}", count, safeText(name));
}
