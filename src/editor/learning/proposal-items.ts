import type { ProposedFolder } from "../../protocol/learner.ts";
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
    ...proposals.map(({ folder, documents, words, tags, authors }) => ({
      role: "folder" as const,
      folder,
      label: safeText(nameOf(folder)),
      description: [
        documents === 1 ? t("1 document") : t("{0} documents", formatCount(documents)),
        words === 1 ? t("1 word") : t("{0} words", formatCount(words)),
        tags === 1 ? t("1 tag") : t("{0} tags", formatCount(tags)),
        ...(authors.length < 2 ? [] : authors.slice(0, 3).map((author) => by(author, t))),
      ].join(", "),
      detail: safeText(shortPath(folder)),
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

function by({ name, documents }: ProposedFolder["authors"][number], t: Translate): string {
  const count = formatCount(documents);
  return name === "" ? t("{0} without a name", count) : t("{0} by {1}", count, safeText(name));
}
