/** Part of a source text, in UTF-16 code units: `text.slice(start, end)`. */
export interface SourceSpan {
  readonly start: number;
  readonly end: number;
}

/** A word as a vocabulary sees it, and where it stands in the source. */
export interface SourceWord extends SourceSpan {
  readonly written: string;
}

/**
 * The tokens of a text, without special tokens.
 * `ids[i]` belongs to word `words[i]`, and word `w` stands at `spans[w]` of the text. Every word has a token,
 * and the tokens of a word stand together; so `words` is what whole-word masking needs.
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

/** Ids from `first` to below `end`. */
export interface IdRange {
  readonly first: number;
  readonly end: number;
}

/** Where a text stands that is encoded. */
export interface TextPlace {
  /** Whether it follows another text in the same input, as a sentence does; false if absent. */
  readonly isContinued?: boolean;
}

/** Turns text into the vocabulary ids of one model. */
export interface WordTokenizer {
  /** Number of ids, special tokens counted. */
  readonly vocabularySize: number;
  readonly specialIds: SpecialIds;
  /** A range of ordinary tokens: what masking draws random tokens from. */
  readonly ordinaryIds: IdRange;
  /**
   * Tokens of `text` with their words and source spans, as Python `tokenizers` gives them with
   * `encode_special_tokens=True`: a writer's literal `[MASK]` is text, never the special token.
   */
  encodeWords(text: string, place?: TextPlace): EncodedText;
  /** Token of an id as it is written in the vocabulary (`##ing`, `Ġthe`), or `undefined` outside of it. */
  tokenOf(id: number): string | undefined;
}
