import { z } from "zod";
import { TokenizerError } from "../errors.ts";
import type { IdRange, SpecialIds } from "./encoded-text.ts";

/** As many as config.json may name. */
const maximumId = 2_000_000;
export const tokenId = z.int().nonnegative().max(maximumId);

/** Tokens that stand beside the model's own; a longer list is no vocabulary but an attack. */
export const addedTokensSchema = z
  .array(z.looseObject({ id: tokenId, content: z.string().min(1) }))
  .max(10_000);

/** Larger than any vocabulary, small enough that reading it takes seconds. */
export const maximumTokens = 1_000_000;

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const neededTokens = `up to ${maximumTokens} tokens with their ids are needed`;

/**
 * Tokens with their ids, of an object. By hand, since zod would list each of a million wrong entries: that was seen to take
 * a minute and 4 GB. The object is gone through once: each time costs as much as parsing it.
 */
export const vocabularySchema = z
  .custom<Readonly<Record<string, unknown>>>(isObject, neededTokens)
  .transform((value, context): ReadonlyMap<string, number> => {
    const entries = Object.entries(value);
    if (entries.length <= maximumTokens && entries.every(isTokenWithId)) return new Map(entries);
    context.addIssue(neededTokens);
    return z.NEVER;
  });

/** Both ways of writing two tokens that become one: "Ġ t" and ["Ġ", "t"]. */
export const mergesSchema = z.custom<readonly string[] | readonly (readonly [string, string])[]>((value) => {
  if (!Array.isArray(value) || value.length > maximumTokens) return false;
  return value.every(isWrittenMerge) || value.every(isMergedPair);
}, `up to ${maximumTokens} pairs of tokens are needed, all written in one way`);

const isTokenId = (id: unknown): boolean =>
  Number.isInteger(id) && Number(id) >= 0 && Number(id) <= maximumId;

const isTokenWithId = (entry: [string, unknown]): entry is [string, number] => isTokenId(entry[1]);

const isWrittenMerge = (merge: unknown): boolean => typeof merge === "string" && /^\S+ \S+$/u.test(merge);

const isMergedPair = (merge: unknown): boolean =>
  Array.isArray(merge) &&
  merge.length === 2 &&
  merge.every((token) => typeof token === "string" && token !== "");

/** What a tokenizer.json of one kind says. Throws {@link TokenizerError} for one of another. */
export function parseKind<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new TokenizerError(`tokenizer.json is of an unknown kind: ${z.prettifyError(parsed.error)}.`, {
    cause: parsed.error,
  });
}

/**
 * Refuses a vocabulary with more tokens than the model has embeddings, and merges that make no token, before the
 * library takes seconds over them. Throws {@link TokenizerError}.
 */
export function checkVocabularySize(
  { added_tokens, model }: VocabularyParts,
  embeddings: number,
  merges = 0,
): void {
  let largest = added_tokens.reduce((most, { id }) => Math.max(most, id), -1);
  for (const id of model.vocab.values()) largest = Math.max(largest, id);
  const entries = model.vocab.size;
  const tokens = Math.max(largest + 1, entries);
  if (tokens > embeddings) {
    throw new TokenizerError(
      `tokenizer.json has ${tokens} tokens, and the model embeddings for ${embeddings}.`,
    );
  }
  if (merges > entries) {
    throw new TokenizerError(
      `tokenizer.json makes ${merges} pairs one, and has only ${entries} tokens for them.`,
    );
  }
}

/** The parts of tokenizer.json that give words their tokens. */
export interface VocabularyParts {
  readonly added_tokens: z.infer<typeof addedTokensSchema>;
  readonly model: { readonly vocab: ReadonlyMap<string, number> };
}

/** The tokens of a model with their ids; added tokens take the place of others. */
export class Vocabulary {
  readonly size: number;
  readonly #ids: Map<string, number>;
  /** By id; some ids may have none. */
  readonly #tokens: (string | undefined)[] = [];
  readonly #special: ReadonlySet<number>;

  constructor({ added_tokens, model }: VocabularyParts) {
    this.#ids = new Map(model.vocab);
    for (const { content, id } of added_tokens) this.#ids.set(content, id);
    for (const [token, id] of this.#ids) this.#tokens[id] = token;
    // Where two tokens have one id, it is that of the added one.
    for (const { content, id } of added_tokens) this.#tokens[id] = content;
    this.size = this.#tokens.length;
    this.#special = new Set(added_tokens.map(({ id }) => id));
  }

  idOf(token: string): number | undefined {
    return this.#ids.get(token);
  }

  tokenOf(id: number): string | undefined {
    return this.#tokens[id];
  }

  /** The ids of special tokens, each under the first of its names that is known. */
  specialIds(names: Readonly<Record<keyof SpecialIds, readonly string[]>>): SpecialIds {
    const find = (known: readonly string[]): number => {
      const id = known.map((name) => this.idOf(name)).find((one) => one !== undefined);
      if (id === undefined) throw new TokenizerError(`tokenizer.json has no token ${known.join(" or ")}.`);
      return id;
    };
    return {
      cls: find(names.cls),
      sep: find(names.sep),
      pad: find(names.pad),
      mask: find(names.mask),
      unk: find(names.unk),
    };
  }

  /** The longest range without added tokens, and without reserved ones such as `[unused99]` at its start. */
  ordinaryIds(): IdRange {
    let longest: IdRange = { first: 0, end: 0 };
    let first = 0;
    for (let id = 0; id <= this.size; id++) {
      if (id < this.size && !this.#special.has(id)) continue;
      while (first < id && isReserved(this.tokenOf(first))) first++;
      if (id - first > longest.end - longest.first) longest = { first, end: id };
      first = id + 1;
    }
    return longest;
  }
}

const isReserved = (token: string | undefined): boolean =>
  token === undefined || /^(\[[^\]]+\]|<[^>]+>)$/.test(token);
