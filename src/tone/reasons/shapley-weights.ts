import { noWord, type Passage } from "../../learning/passages.ts";
import type { Random } from "../../numbers/random.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { TextEncoder } from "../reading/text-encoder.ts";

/** What is needed to read a passage with some of its words hidden. */
export interface HidingReader {
  readonly encoder: Pick<TextEncoder, "read">;
  readonly prompts: SoftPrompts | undefined;
  /** Id of [MASK], which takes the place of hidden tokens: the model has learned that any word may stand there. */
  readonly maskId: number;
  readonly breathe?: () => Promise<void>;
}

/** Passages that are read at a time. */
const passagesPerPart = 32;
/** Up to so many groups two pairs of orders are drawn, beyond them one: time grows with their square. */
const mostForTwoPairs = 16;

/**
 * What each group of words adds to the latent valence of a passage: its Shapley value (Shapley 1953,
 * Štrumbelj and Kononenko 2014), that is what it adds when the words come in one after the other, on
 * average over orders. Orders are drawn, each with its reverse. In every order the parts add up to
 * the whole, so the weights always account for all of latent(passage) − latent(all words hidden).
 *
 * Measured on 24 clear sentences of blogs against 40 orders: two pairs agree with a correlation of 0.97
 * and name 85 % of the three strongest words, one pair 0.93 and 76 %, integrated gradients with 16
 * steps 0.90 and 74 %, in about the time of one pair. And no second graph is compiled for it, which
 * takes two seconds and 170 MB.
 */
export async function shapleyWeights(
  reader: HidingReader,
  passage: Passage,
  groups: readonly (readonly number[])[],
  random: Random,
): Promise<readonly number[]> {
  const orders = drawOrders(groups.length, random);
  const texts = orders.flatMap((order) =>
    Array.from({ length: groups.length + 1 }, (_, shown) =>
      hideWords(passage, new Set(order.slice(shown).flatMap((group) => groups[group]!)), reader.maskId),
    ),
  );
  const latents = await latentsWhileHiding(reader, texts);
  const weights = new Array<number>(groups.length).fill(0);
  for (const [row, order] of orders.entries()) {
    const from = row * (groups.length + 1);
    for (const [at, group] of order.entries()) {
      weights[group]! += (latents[from + at + 1]! - latents[from + at]!) / orders.length;
    }
  }
  return weights;
}

function drawOrders(groups: number, random: Random): readonly (readonly number[])[] {
  const pairs = groups <= mostForTwoPairs ? 2 : 1;
  return Array.from({ length: pairs }, () => {
    const order = random.shuffle(Array.from({ length: groups }, (_, group) => group));
    return [order, order.toReversed()];
  }).flat();
}

/** A passage with these words hidden. */
export function hideWords(
  { ids, words }: Passage,
  hidden: ReadonlySet<number>,
  maskId: number,
): Pick<Passage, "ids"> {
  return {
    // 32 bits: [MASK] of a large vocabulary may lie beyond 65,535 where the passage's own tokens do not.
    ids: Int32Array.from(ids, (id, at) => (words[at] !== noWord && hidden.has(words[at]!) ? maskId : id)),
  };
}

/** Latent valences; each text, as all orders begin and end alike, is read once. */
export async function latentsWhileHiding(
  { encoder, prompts, breathe }: HidingReader,
  texts: readonly Pick<Passage, "ids">[],
): Promise<readonly number[]> {
  const names = texts.map(({ ids }) => ids.join(" "));
  const distinct = [...new Map(names.map((name, at) => [name, texts[at]!]))];
  const latents = new Map<string, number>();
  for (let from = 0; from < distinct.length; from += passagesPerPart) {
    const part = distinct.slice(from, from + passagesPerPart);
    const readings = await encoder.read(
      part.map(([, text]) => text),
      prompts,
      breathe,
    );
    for (const [at, [name]] of part.entries()) latents.set(name, readings[at]!.valence ?? 0);
  }
  return names.map((name) => latents.get(name)!);
}
