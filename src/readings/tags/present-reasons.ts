import type { TagReason } from "../../tags/tag-reasons.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";

/** Where a learned document lies now; undefined where its file is gone. */
export type PlaceOf = (path: string) => string | undefined;

/** Suggestions whose reasons name documents where they lie now, and none whose file is gone. */
export function withPresentReasons(
  suggestions: readonly TagSuggestion[],
  placeOf: PlaceOf,
): readonly TagSuggestion[] {
  return suggestions.map((suggestion) => ({
    ...suggestion,
    reasons: suggestion.reasons.flatMap((reason) => presentReason(reason, placeOf)),
  }));
}

function presentReason(reason: TagReason, placeOf: PlaceOf): readonly TagReason[] {
  if (reason.kind !== "similarDocuments" && reason.kind !== "prompt") return [reason];
  const documents = reason.documents.flatMap(({ id, similarity }) => {
    const place = placeOf(id);
    return place === undefined ? [] : [{ id: place, similarity }];
  });
  return documents.length === 0 ? [] : [{ ...reason, documents }];
}
