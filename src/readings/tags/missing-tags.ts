import { tagForm } from "../../tags/tag-form.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";

/** Which suggestions are worth being written without each being looked at. */
export interface MissingTagsOptions {
  /** Lowest score, from 0 to 1. */
  readonly threshold: number;
  readonly limit: number;
}

/** A score from which on a tag is likelier to be right than wrong. */
export const likelyScore = 0.5;

/** Suggestions, best first, that a document does not have in any spelling and that are likely enough. */
export function missingTags(
  suggestions: readonly TagSuggestion[],
  present: readonly string[],
  { threshold, limit }: MissingTagsOptions,
): readonly TagSuggestion[] {
  const forms = new Set(present.map(tagForm));
  return suggestions
    .filter(({ tag, score }) => score >= threshold && !forms.has(tagForm(tag)))
    .slice(0, limit);
}
