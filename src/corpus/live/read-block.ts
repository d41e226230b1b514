import type { Heading, Part, Prose, Sentence } from "../document.ts";
import type { TextTag } from "../text-tags.ts";

/** What was read of a block; places count from its start, paragraphs from 0. No text: it would keep its whole source. */
export interface ReadBlock {
  readonly sentences: readonly Omit<Sentence, "text">[];
  readonly headings: readonly Omit<Heading, "text">[];
  readonly parts: readonly Part[];
  readonly textTags: readonly TextTag[];
}

/** @param start of the block, where the places of `prose` count from the start of the source */
export function readBlock({ sentences, headings, parts, textTags = [] }: Prose, start: number): ReadBlock {
  return {
    sentences: sentences.map(({ plain, paragraph, ...place }) => ({
      plain,
      ...moved(place, -start),
      paragraph,
    })),
    headings: headings.map(({ plain, level, ...place }) => ({ plain, ...moved(place, -start), level })),
    parts: parts.map(({ kind, ...place }) => ({ kind, ...moved(place, -start) })),
    textTags: textTags.map((tag) => ({ ...tag, ...moved(tag, -start) })),
  };
}

const moved = ({ start, end }: { readonly start: number; readonly end: number }, by: number) => ({
  start: start + by,
  end: end + by,
});

/** What blocks gave, with places in the whole source. */
export class GatheredBlocks {
  readonly #source: string;
  readonly sentences: Sentence[] = [];
  readonly headings: Heading[] = [];
  readonly parts: Part[] = [];
  readonly #textTags: TextTag[] = [];
  #paragraphs = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get prose(): Prose {
    const parts = this.parts.toSorted((a, b) => a.start - b.start || b.end - a.end);
    return { sentences: this.sentences, headings: this.headings, parts, textTags: this.#textTags };
  }

  add({ sentences, headings, parts, textTags }: ReadBlock, by: number): void {
    const first = this.#paragraphs;
    for (const tag of textTags) this.#textTags.push({ ...tag, start: tag.start + by, end: tag.end + by });
    for (const { plain, start, end, paragraph } of sentences) {
      const text = this.#source.slice(start + by, end + by);
      this.sentences.push({ text, plain, start: start + by, end: end + by, paragraph: first + paragraph });
      this.#paragraphs = first + paragraph + 1;
    }
    for (const { plain, start, end, level } of headings) {
      const text = this.#source.slice(start + by, end + by);
      this.headings.push({ text, plain, start: start + by, end: end + by, level });
    }
    for (const { kind, start, end } of parts) this.parts.push({ kind, start: start + by, end: end + by });
  }
}
