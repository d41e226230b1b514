/** Word index of `[CLS]`, `[SEP]` and padding: they belong to no word. */
export const noWord = 0xffff;

/** A stretch of one document that fits the model, with `[CLS]` in front and `[SEP]` at the end. */
export interface Passage {
  readonly ids: Uint16Array | Int32Array;
  /** For each token the index of its word, counted from 0 in this passage; {@link noWord} for special tokens. */
  readonly words: Uint16Array;
  readonly writer?: string;
  readonly document?: string;
}

/** A tokenised sentence without special tokens; tokens of one word stand together and share its index. */
export interface TokenisedSentence {
  readonly ids: ArrayLike<number>;
  readonly words: ArrayLike<number>;
}

export interface PackingOptions {
  readonly clsId: number;
  readonly sepId: number;
  /** Longest passage in tokens, special tokens included; 128 if absent. */
  readonly maximumTokens?: number;
  readonly writer?: string;
  readonly document?: string;
}

/**
 * Packs the sentences of one document, in order, into as few passages as going forward allows.
 *
 * A sentence is only cut where it alone exceeds the limit, and then between words (a single word that
 * exceeds it is cut between tokens). No token is dropped.
 */
export function packPassages(sentences: Iterable<TokenisedSentence>, options: PackingOptions): Passage[] {
  const roomTokens = (options.maximumTokens ?? 128) - 2;
  if (roomTokens < 1) {
    throw new RangeError("A passage needs room for [CLS], [SEP] and at least one token.");
  }
  const passages: Passage[] = [];
  let open: Token[] = [];
  const close = (): void => {
    if (open.length > 0) {
      passages.push(closePassage(open, options));
      open = [];
    }
  };
  let sentenceNumber = 0;
  for (const sentence of sentences) {
    for (const piece of cutSentence(sentence, sentenceNumber++, roomTokens)) {
      if (open.length + piece.length > roomTokens) {
        close();
      }
      open.push(...piece);
    }
  }
  close();
  return passages;
}

interface Token {
  readonly id: number;
  readonly sentence: number;
  readonly word: number;
}

function cutSentence(sentence: TokenisedSentence, number: number, roomTokens: number): Token[][] {
  const tokens = Array.from(sentence.ids, (id, at) => ({ id, sentence: number, word: sentence.words[at]! }));
  const pieces: Token[][] = [];
  let from = 0;
  while (tokens.length - from > roomTokens) {
    const to = cutPlace(tokens, from, from + roomTokens);
    pieces.push(tokens.slice(from, to));
    from = to;
  }
  if (from < tokens.length) {
    pieces.push(tokens.slice(from));
  }
  return pieces;
}

/** The last start of a word in (from, to], or `to` itself if one word fills the whole stretch. */
function cutPlace(tokens: readonly Token[], from: number, to: number): number {
  for (let at = to; at > from; at--) {
    if (tokens[at]!.word !== tokens[at - 1]!.word) {
      return at;
    }
  }
  return to;
}

function closePassage(tokens: readonly Token[], options: PackingOptions): Passage {
  const largestId = tokens.reduce(
    (most, token) => Math.max(most, token.id),
    Math.max(options.clsId, options.sepId),
  );
  const length = tokens.length + 2;
  const ids = largestId <= 0xffff ? new Uint16Array(length) : new Int32Array(length);
  const words = new Uint16Array(length).fill(noWord);
  ids[0] = options.clsId;
  ids[length - 1] = options.sepId;
  let word = -1;
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    if (before?.word !== token.word || before.sentence !== token.sentence) {
      word++;
    }
    ids[at + 1] = token.id;
    words[at + 1] = word;
  });
  return {
    ids,
    words,
    ...(options.writer === undefined ? {} : { writer: options.writer }),
    ...(options.document === undefined ? {} : { document: options.document }),
  };
}
