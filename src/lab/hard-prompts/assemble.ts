import type { SpecialIds } from "../../plm/tokens/encoded-text.ts";
import { BudgetTooSmallError } from "./errors.ts";
import type { HardPassage } from "./hard-prompts.ts";

/** Tokens of a text, without special ones, with the word of each. */
export interface AssembledText {
  readonly ids: ArrayLike<number>;
  readonly words: ArrayLike<number>;
}

/** Where a passage stands in an input: tokens `start` to `end`, its label among them, its [SEP] not. */
export interface Segment {
  readonly start: number;
  readonly end: number;
}

/** One input of the model: `[CLS] text [SEP] passage [SEP] passage [SEP] …`. */
export interface HardInput {
  readonly ids: readonly number[];
  /** `[CLS]` and the tokens of the text itself: what is pooled, and the only place where words are hidden. */
  readonly ownTokens: number;
  /** For each of the own tokens but `[CLS]`, its word in the text. */
  readonly words: readonly number[];
  readonly segments: readonly Segment[];
  /** Passages that had no room. */
  readonly leftOut: number;
}

export interface Budget {
  /** Tokens of one input, special ones counted: the model's limit, or less. */
  readonly tokens: number;
}

/** Tokens that `[CLS]` and the `[SEP]` behind the text take. */
const frame = 2;

/**
 * A text with passages behind it, in as many inputs as it needs. The text itself is never cut off: one that
 * exceeds the budget is split between words into several inputs, which `poolChunks` brings together again.
 * Passages stand in their order, nearest first, and are dropped whole from the far end; `leftOut` says how
 * many. All tokens are of the model's first segment type.
 *
 * Throws BudgetTooSmallError for a budget without room for a token.
 */
export function assemble(
  text: AssembledText,
  passages: readonly HardPassage[],
  special: Pick<SpecialIds, "cls" | "sep">,
  { tokens }: Budget,
): readonly HardInput[] {
  if (tokens <= frame) throw new BudgetTooSmallError(tokens, frame + 1);
  return chunksOf(text, tokens - frame).map(({ from, to }) => {
    const slice = (numbers: ArrayLike<number>): number[] => Array.from(numbers).slice(from, to);
    const ids = [special.cls, ...slice(text.ids), special.sep];
    const ownTokens = ids.length - 1;
    const segments: Segment[] = [];
    for (const { ids: own, label } of passages) {
      const added = [...Array.from(label ?? []), ...Array.from(own), special.sep];
      // The far end begins with the first that has no room: a nearer passage never gives way to a further one.
      if (ids.length + added.length > tokens) break;
      segments.push({ start: ids.length, end: ids.length + added.length - 1 });
      ids.push(...added);
    }
    const leftOut = passages.length - segments.length;
    return { ids, ownTokens, words: slice(text.words), segments, leftOut };
  });
}

/** Stretches of at most `room` tokens that end between words; a single longer word is split between tokens. */
function chunksOf({ ids, words }: AssembledText, room: number): readonly { from: number; to: number }[] {
  const chunks: { from: number; to: number }[] = [];
  let from = 0;
  while (ids.length - from > room) {
    let to = from + room;
    while (to > from && words[to] === words[to - 1]) to--;
    if (to === from) to = from + room;
    chunks.push({ from, to });
    from = to;
  }
  chunks.push({ from, to: ids.length });
  return chunks;
}

/** The mean of what the inputs of one text gave, such as pooled states or class shares, weighed by their own tokens. */
export function poolChunks(
  inputs: readonly Pick<HardInput, "ownTokens">[],
  given: readonly ArrayLike<number>[],
): Float32Array {
  const total = inputs.reduce((sum, { ownTokens }) => sum + ownTokens, 0);
  const mean = new Float32Array(given[0]?.length ?? 0);
  for (const [at, { ownTokens }] of inputs.entries()) {
    for (let place = 0; place < mean.length; place++)
      mean[place]! += (ownTokens / total) * given[at]![place]!;
  }
  return mean;
}
