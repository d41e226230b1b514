/*
 * Tags that a writer never used, named in the text itself: which of them are offered, beside and apart from the others.
 * Measured in docs/evaluation.md.
 */

import { tagForm } from "../../tags/tag-form.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";

/** From this score on a third of the new tags were right on ten blogs. */
const leastNewScore = 0.2;

/** So many are offered for a document at most: so many were, when they were measured. */
export const mostNewTags = 2;

/** The new tags that are likely enough, in their order, but for those that stand in the document in any spelling. */
export function offeredNewTags(
  newTags: readonly TagSuggestion[],
  present: readonly string[],
): readonly TagSuggestion[] {
  const forms = new Set(present.map(tagForm));
  return newTags.filter(({ tag, score }) => score >= leastNewScore && !forms.has(tagForm(tag)));
}
