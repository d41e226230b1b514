import type { FolderRenaming } from "../../corpus/tag-changes/rename-in-folder.ts";
import { inEnglish } from "../../said/said.ts";

/** Why a document is left as it is, as the terminal tells it. */
export const refusalInEnglish = ({
  reason,
  advice,
}: Pick<FolderRenaming["refused"][number], "reason" | "advice">) => ({
  reason: inEnglish(reason),
  advice: inEnglish(advice),
});
