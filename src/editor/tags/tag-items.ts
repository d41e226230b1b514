import type { SuggestedTag } from "../../protocol/tag-suggestions.ts";
import { formatPercent } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";
import { safeText } from "../messages/safe-text.ts";

/** A line of the list of suggested tags. `tag` is what is written, the other texts are safe to show. */
export interface TagItem {
  readonly tag: string;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly present: boolean;
  /** The writer never used it. */
  readonly isNew: boolean;
}

/** In the server's order, best first. */
export function tagItems(tags: readonly SuggestedTag[], t: Translate): readonly TagItem[] {
  return tags.map(({ tag, score, reasons, present, isNew }) => ({
    tag,
    label: safeText(tag),
    description: present ? t("{0}, in the document", formatPercent(score, 0, t)) : formatPercent(score, 0, t),
    detail: safeText(reasons[0] ?? ""),
    present,
    isNew: isNew === true,
  }));
}

/** The tags that the document gets: what is picked, in the order of the list. Those it has keep their places there. */
export function chosenTags(items: readonly TagItem[], picked: ReadonlySet<string>): readonly string[] {
  return items.flatMap(({ tag }) => (picked.has(tag) ? [tag] : []));
}
