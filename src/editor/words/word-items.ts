import { basename } from "node:path";
import type { WordSuggestions } from "../../protocol/word-suggestions.ts";
import { formatPercent } from "../../words/format.ts";
import { plural, type Translate } from "../../words/translate.ts";
import { safeText } from "../messages/safe-text.ts";

/** A line of the list of words. `word` is what is written, the other texts are safe to show. */
export interface WordItem {
  readonly word: string;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** The lists of words, the writer's own first; under each its name. */
export interface WordLists {
  readonly own: readonly WordItem[];
  /** Those that are not among the writer's own. */
  readonly general: readonly WordItem[];
  /** Why the writer's own are not told, short enough for one line. */
  readonly closed: string | undefined;
}

export function wordLists(
  { own, closed, general }: WordSuggestions & { readonly kind: "suggested" },
  t: Translate,
): WordLists {
  const told = new Set(own?.map(({ word }) => word.toLowerCase()));
  return {
    own: (own ?? []).map(({ word, share, generalShare, uses, passages: [passage] }) => ({
      word,
      label: safeText(word),
      description: plural(
        t,
        uses,
        "you {1}, in general {2}; you wrote it {0} time",
        "you {1}, in general {2}; you wrote it {0} times",
        formatPercent(share, 0, t),
        formatPercent(generalShare, 0, t),
      ),
      detail: passage === undefined ? "" : safeText(`“${passage.text}” (${basename(passage.path)})`),
    })),
    general: general
      .filter(({ word }) => !told.has(word.toLowerCase()))
      .map(({ word, share }) => ({
        word,
        label: safeText(word),
        description: t("in general {0}", formatPercent(share, 0, t)),
        detail: "",
      })),
    closed: closed === undefined ? undefined : safeText(withoutFigures(closed)),
  };
}

/** Behind a semicolon a gate tells its figures, which would be cut off here; the report has them. */
function withoutFigures(reason: string): string {
  return reason.split(";")[0] ?? reason;
}
