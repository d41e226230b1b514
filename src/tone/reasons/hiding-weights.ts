import type { Passage } from "../../learning/passages.ts";
import { type HidingReader, hideWords, latentsWhileHiding } from "./shapley-weights.ts";

/**
 * What each group of words adds to the latent valence of a passage, by hiding one group after the other (occlusion: Zeiler
 * and Fergus 2014): latent(passage) − latent(passage without the group). One text for each group, where Shapley values
 * take four; words that say the same twice have too little weight, as the other stands in for the one that is hidden.
 */
export async function hidingWeights(
  reader: HidingReader,
  passage: Passage,
  groups: readonly (readonly number[])[],
): Promise<readonly number[]> {
  const hidden = groups.map((group) => hideWords(passage, new Set(group), reader.maskId));
  const [whole, ...without] = await latentsWhileHiding(reader, [passage, ...hidden]);
  return without.map((latent) => whole! - latent);
}
