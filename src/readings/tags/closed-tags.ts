import { tagForm } from "../../tags/tag-form.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";
import { tagKey } from "../../text/tag-key.ts";

/** A closed list: these tags are suggested, in these spellings, and no others. */
export class ClosedTags {
  /** In the order of the list, each tag once. */
  readonly tags: readonly string[];
  readonly #byForm: ReadonlyMap<string, string>;

  constructor(tags: readonly string[]) {
    this.#byForm = new Map(tags.toReversed().map((tag) => [tagForm(tag), tag]));
    this.tags = tags.filter((tag) => this.#byForm.get(tagForm(tag)) === tag);
  }

  /** The tag as it is listed, whichever way it is spelled; undefined where it is not. */
  listed(tag: string): string | undefined {
    return this.#byForm.get(tagForm(tag));
  }

  /** Suggestions of the list, best first; after them, without a score, what is listed and was never used. */
  obeyedBy(suggestions: readonly TagSuggestion[]): readonly TagSuggestion[] {
    const kept = suggestions.flatMap((suggestion): TagSuggestion[] => {
      const tag = this.listed(suggestion.tag);
      return tag === undefined ? [] : [{ ...suggestion, tag, key: tagKey(tag) }];
    });
    const known = new Set(kept.map(({ tag }) => tag));
    const unused = this.tags.filter((tag) => !known.has(tag));
    return [...kept, ...unused.map((tag) => ({ tag, key: tagKey(tag), score: 0, reasons: [] }))];
  }
}
