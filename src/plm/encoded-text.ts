/** Part of a source text, in UTF-16 code units: `text.slice(start, end)`. */
export interface SourceSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of a text, without special tokens.
 * `ids[i]` belongs to word `words[i]`, and word `w` stands at `spans[w]` of the text. Every word has a token.
 */
export interface EncodedText {
  readonly ids: readonly number[];
  readonly words: readonly number[];
  readonly spans: readonly SourceSpan[];
}

/** Vocabulary ids of the tokens that have a meaning of their own. */
export interface SpecialIds {
  readonly cls: number;
  readonly sep: number;
  readonly pad: number;
  readonly mask: number;
  readonly unk: number;
}
