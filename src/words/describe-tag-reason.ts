import type { TagReason } from "../tags/tag-reasons.ts";
import { formatCount, formatPercent } from "./format.ts";
import { plural, type Translate, untranslated } from "./translate.ts";

/** Why a tag is suggested, the strongest reason first. */
export const describeTagReasons = (
  reasons: readonly TagReason[],
  t: Translate = untranslated,
): readonly string[] => reasons.map((reason) => describeTagReason(reason, t));

/** Why a tag is suggested, in words that go on after its name: 'named in the title'. File names in it are untrusted text. */
export function describeTagReason(reason: TagReason, t: Translate = untranslated): string {
  switch (reason.kind) {
    case "similarDocuments":
    case "prompt": {
      const names = reason.documents.slice(0, 2).map(({ id }) => id.slice(id.lastIndexOf("/") + 1));
      const figures = [formatCount(reason.tagged, t), formatCount(reason.nearest, t)] as const;
      // The count first: names may be long, and are what may be cut.
      return reason.kind === "prompt"
        ? t(
            "on {0} of the {1} most similar documents, as the writer's prompts see it: {2}",
            ...figures,
            names.join(", "),
          )
        : t("on {0} of the {1} most similar documents: {2}", ...figures, names.join(", "));
    }
    case "literal":
      if (reason.inTitle) return t("named in the title");
      return reason.countInText === 1
        ? t("named once in the text")
        : t("named {0} times in the text", formatCount(reason.countInText, t));
    case "frequent": {
      const uses = formatCount(reason.uses, t);
      return plural(t, reason.documents, "used in {1} of {0} document", "used in {1} of {0} documents", uses);
    }
    case "recent":
      return plural(t, reason.documentsAgo, "last used {0} document ago", "last used {0} documents ago");
    case "centroid":
      return t("close to what the tag stands for ({0})", formatPercent(reason.cosine, 0, t));
    case "correction":
      return t("you added it");
    case "new":
      if (reason.inTitle) return t("new: named in the title");
      return reason.countInText === 1
        ? t("new: named once in the text")
        : t("new: named {0} times in the text", formatCount(reason.countInText, t));
    default:
      return reason satisfies never;
  }
}
