import type { PretrainedModel } from "../plm/pretrained-model.ts";

/** Where a word is hidden: from `start` to before `end` of one of some sentences. Both alike: a gap between words. */
export interface HiddenPlace {
  readonly sentence: number;
  readonly start: number;
  readonly end: number;
}

/** A text as the model reads it, with `[CLS]` and `[SEP]`, in which one word is hidden. */
export interface HiddenWord {
  readonly ids: Int32Array;
  /** Where in `ids` the mask stands. */
  readonly position: number;
}

type Reader = Pick<PretrainedModel, "tokenizer" | "config">;

/** Longest text in tokens, special ones included: as long as the passages that prompts are learned from. */
const maximumTokens = 128;

/**
 * Hides what stands at a place behind one mask, however many words it is. As many of the sentences around it are read,
 * before and after in turn, as the model takes whole; of a sentence that is longer by itself, what is nearest.
 */
export function hideWord(model: Reader, sentences: readonly string[], place: HiddenPlace): HiddenWord {
  const { cls, sep, mask } = model.tokenizer.specialIds;
  const room = Math.min(maximumTokens, model.config.max_position_embeddings) - 2;
  const own = hiddenSentence(model, sentences, place);
  const half = Math.max(Math.floor(room / 2), room - 1 - own.after.length);
  const before = own.before.slice(Math.max(0, own.before.length - half));
  const after = own.after.slice(0, room - 1 - before.length);
  const isWhole = before.length === own.before.length && after.length === own.after.length;
  const around = isWhole
    ? neighbours(model, sentences, place.sentence, room - 1 - before.length - after.length)
    : { before: [], after: [] };
  const head = [cls, ...around.before, ...before];
  return { ids: Int32Array.from([...head, mask, ...after, ...around.after, sep]), position: head.length };
}

/** Tokens on both sides of a place. */
interface Sides {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function hiddenSentence(
  { tokenizer }: Reader,
  sentences: readonly string[],
  { sentence, start, end }: HiddenPlace,
): Sides {
  const { ids, words, spans } = tokenizer.encodeWords(sentences[sentence]!, { isContinued: sentence > 0 });
  const spanOf = (token: number) => spans[words[token]!]!;
  return {
    before: ids.filter((_, token) => spanOf(token).end <= start),
    after: ids.filter((_, token) => spanOf(token).start >= Math.max(start, end)),
  };
}

/** Whole sentences on both sides, nearest first, until one no longer fits. */
function neighbours(
  { tokenizer }: Reader,
  sentences: readonly string[],
  middle: number,
  roomTokens: number,
): Sides {
  const found = { before: [] as number[], after: [] as number[] };
  const open = new Set<keyof Sides>(["before", "after"]);
  let room = roomTokens;
  for (let distance = 1; open.size > 0; distance++) {
    for (const side of [...open]) {
      const at = side === "before" ? middle - distance : middle + distance;
      const text = sentences[at];
      const ids = text === undefined ? [] : tokenizer.encodeWords(text, { isContinued: at > 0 }).ids;
      if (text === undefined || ids.length > room) {
        open.delete(side);
        continue;
      }
      room -= ids.length;
      found[side] = side === "before" ? [...ids, ...found.before] : [...found.after, ...ids];
    }
  }
  return found;
}
