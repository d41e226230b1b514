import type { VocabularyEntry } from "../../store/repositories/vocabulary.ts";
import { describeReason } from "../../tags/reasons/describe-reason.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";
import { tagKey } from "../../text/tag-key.ts";
import { formatPercent, formatPlural } from "../../words/format.ts";

/** A tag that a completion offers. */
export interface OfferedTag {
  readonly tag: string;
  /** What speaks for it, in a word. */
  readonly detail: string;
  readonly reasons: readonly string[];
}

type Scored = Pick<TagSuggestion, "tag" | "score" | "reasons">;
type Used = Pick<VocabularyEntry, "tag" | "documents">;

/** Of a lower score nobody makes anything. */
const leastShown = 0.01;

/** Likely tags by their score; the others after them by how often they were used, which says more than next to nothing. */
export function ranked(tags: readonly Scored[], vocabulary: readonly Used[]): readonly OfferedTag[] {
  const uses = new Map(vocabulary.map(({ tag, documents }) => [tagKey(tag), documents]));
  const usesOf = ({ tag }: Scored) => uses.get(tagKey(tag)) ?? 0;
  const likely = tags.filter(({ score }) => score >= leastShown);
  const others = tags.filter(({ score }) => score < leastShown).toSorted((a, b) => usesOf(b) - usesOf(a));
  return [
    ...likely.map(({ tag, score, reasons }) => {
      return { tag, detail: formatPercent(score), reasons: reasons.map(describeReason) };
    }),
    ...others.map((one) => ({ tag: one.tag, detail: usedIn(usesOf(one)), reasons: [] })),
  ];
}

/** The writer's tags as they come, most used first. */
export function mostUsed(vocabulary: readonly Used[]): readonly OfferedTag[] {
  return vocabulary.map(({ tag, documents }) => ({ tag, detail: usedIn(documents), reasons: [] }));
}

function usedIn(documents: number): string {
  return `used in ${formatPlural(documents, "document")}`;
}
