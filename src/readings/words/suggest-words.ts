import { hideWord } from "../../learning/hide-word.ts";
import type { WordGuesser } from "../../learning/word-guesser.ts";
import { type Gate, gate } from "../../numbers/gate.ts";
import type { Tokenizer } from "../../plm/tokens/tokenizer.ts";
import { wholeWords } from "../../plm/tokens/whole-words.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import type { ProfileState } from "../../profile/versions.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { said } from "../../said/said.ts";
import { agreesWithArticle } from "./agrees-with-article.ts";
import { fitCase } from "./fit-case.ts";
import type { OwnVocabulary, WordPassage } from "./own-vocabulary.ts";
import type { WordTarget } from "./word-target.ts";

/** A word that fits, and how likely it is among all whole words. */
export interface GeneralWord {
  readonly word: string;
  readonly share: number;
}

/** A word of the writer's own documents. */
export interface OwnWord extends GeneralWord {
  /** How likely it is in general. */
  readonly generalShare: number;
  /** How often it stands in the writer's documents. */
  readonly uses: number;
  readonly passages: readonly WordPassage[];
}

export interface SuggestedWords {
  /** Likeliest first, by the writer's prompts; undefined where these are not used, and why. */
  readonly own: readonly OwnWord[] | undefined;
  readonly closed: Pick<Gate, "reason" | "said"> | undefined;
  /** Likeliest first, as anybody might go on. */
  readonly general: readonly GeneralWord[];
}

export interface WordSources {
  readonly reader: GeneralReader;
  readonly guesser: WordGuesser;
  /** Undefined where nobody was learned whose words they could be. */
  readonly state: ProfileState | undefined;
  /** Asked for only where the writer's own words are told. */
  readonly vocabulary: () => Promise<OwnVocabulary>;
  readonly breathe: () => Promise<void>;
}

/** Where a word is wanted. */
export interface WordPlace {
  /** Plain texts, in order. */
  readonly sentences: readonly string[];
  /** Which of them the target is of. */
  readonly sentence: number;
  readonly target: Pick<WordTarget, "text" | "hidden">;
  /** Passages of this document are not told. */
  readonly path: string;
}

const passagesOfWord = 2;

/**
 * Words that the writer would use at a place, beside those that fit in general: one pass of the model with the writer's
 * prompts and one with those that everybody starts from. Whole words alone; never what stands there already.
 */
export async function suggestWords(
  { reader, guesser, state, vocabulary, breathe }: WordSources,
  { sentences, sentence, target, path }: WordPlace,
  limit: number,
): Promise<SuggestedWords> {
  const { tokenizer } = reader.model;
  const hidden = hideWord(reader.model, sentences, { sentence, ...target.hidden });
  await breathe();
  const before = sentences[sentence]!.slice(0, target.hidden.start);
  const words = candidateWords(tokenizer, target.text, before);
  const general = sharesOf(words, await guesser.guess(hidden, reader.prompts));
  const written = (word: string): string => fitCase(word, target, sentences[sentence]!);
  const inGeneral = ranked(general, limit).map(([id, share]) => ({ word: written(words.get(id)!), share }));
  const prompts = promptsOf(state);
  if ("reason" in prompts) return { own: undefined, closed: prompts, general: inGeneral };
  await breathe();
  const own = sharesOf(words, await guesser.guess(hidden, prompts));
  const known = await vocabulary();
  const used = new Map([...own].filter(([id]) => known.uses(id) > 0));
  return {
    own: ranked(used, limit).map(([id, share]) => ({
      word: written(known.spelling(id) ?? words.get(id)!),
      share,
      generalShare: general.get(id)!,
      uses: known.uses(id),
      passages: known.passages(id, passagesOfWord, path),
    })),
    closed: undefined,
    general: inGeneral,
  };
}

/** The writer's prompts, or why they are not used. */
function promptsOf(state: ProfileState | undefined): SoftPrompts | Gate {
  if (state === undefined || state.kind === "none") return gate(false, said("nothing has been learned yet"));
  if (state.kind === "otherModel")
    return gate(false, said("what was learned belongs to another model: learn again"));
  const { masking } = state.report.gate;
  return masking.open && state.profile.prompts !== undefined ? state.profile.prompts : masking;
}

/** Two letters and more, or a word of one. */
const isWord = (word: string): boolean => word.length > 1 || /^[ai]$/i.test(word);

/** Tokens that are words and can follow the text before, but for those that stand there already. */
export function candidateWords(
  tokenizer: Tokenizer,
  text: string,
  before: string,
): ReadonlyMap<number, string> {
  const { ids, words } = tokenizer.encodeWords(text);
  const there = new Set(ids.filter((_, at) => words[at - 1] !== words[at] && words[at + 1] !== words[at]));
  return new Map(
    [...wholeWords(tokenizer)].filter(
      ([id, word]) => isWord(word) && !there.has(id) && agreesWithArticle(word, before),
    ),
  );
}

/** How likely each word is among these. */
export function sharesOf(
  words: ReadonlyMap<number, string>,
  logProbabilities: Float32Array,
): ReadonlyMap<number, number> {
  const shares = new Map(Array.from(words.keys(), (id) => [id, Math.exp(logProbabilities[id]!)]));
  const total = shares.values().reduce((sum, share) => sum + share, 0);
  return new Map(Array.from(shares, ([id, share]) => [id, share / total]));
}

/** Likeliest first, ties by id. */
const ranked = (shares: ReadonlyMap<number, number>, limit: number): readonly [number, number][] =>
  [...shares].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, limit);
