import type { Heading, Part, Prose, Sentence } from "../document.ts";
import type { TextTag } from "../text-tags.ts";

/** What was read of a block; places count from its start, paragraphs from 0. No text: it would keep its whole source. */
export interface ReadBlock {
  readonly sentences: readonly Omit<Sentence, "text">[];
  readonly headings: readonly Omit<Heading, "text">[];
  readonly parts: readonly Part[];
  readonly textTags: readonly TextTag[];
}

/** The same with places that count from the start of the block, which stands at `start`. */
export function fromItsStart({ sentences, headings, parts, textTags }: ReadBlock, start: number): ReadBlock {
  return {
    sentences: sentences.map(({ plain, start: from, end, paragraph }) => ({
      plain,
      start: from - start,
      end: end - start,
      paragraph,
    })),
    headings: headings.map((each) => ({ ...each, start: each.start - start, end: each.end - start })),
    parts: parts.map(({ kind, start: from, end }) => ({ kind, start: from - start, end: end - start })),
    textTags: textTags.map((tag) => ({ ...tag, start: tag.start - start, end: tag.end - start })),
  };
}

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
    const parts = inOrder(this.parts);
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

/** Sorted by start, then the longer first; most come so. */
export function inOrder(parts: Part[]): readonly Part[] {
  const isBefore = (a: Part, b: Part) => a.start < b.start || (a.start === b.start && a.end >= b.end);
  if (parts.every((part, at) => at === 0 || isBefore(parts[at - 1]!, part))) return parts;
  return parts.sort((a, b) => a.start - b.start || b.end - a.end);
}
