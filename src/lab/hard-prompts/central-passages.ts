import { dot } from "../../numbers/vectors.ts";

/** A text by the mean of its last hidden states, of length 1; [d]. */
type Embedded = { readonly vector: Float32Array };

/** More never fit into one input. */
const fitting = 64;

/**
 * Passages chosen so that each passage of the writer is like one of them: the next one is always that which adds most to the sum over all passages of the cosine with their nearest
 * chosen one (facility location, greedily, as Lin and Bilmes 2011 do). The first is the most central,
 * those after it cover what is unlike it.
 */
export function centralPassages<Passage extends Embedded>(passages: readonly Passage[]): readonly Passage[] {
  const likeness = passages.map(({ vector }) =>
    Float32Array.from(passages, (other) => dot(other.vector, vector)),
  );
  /** Cosine of each passage with the nearest of those chosen. */
  const covered = new Float32Array(passages.length).fill(-1);
  const left = new Set(passages.keys());
  const chosen: Passage[] = [];
  while (chosen.length < fitting && left.size > 0) {
    let [best, most] = [-1, Number.NEGATIVE_INFINITY];
    for (const at of left) {
      const gain = gainOf(likeness[at]!, covered);
      if (gain > most) [best, most] = [at, gain];
    }
    left.delete(best);
    chosen.push(passages[best]!);
    likeness[best]!.forEach((cosine, at) => {
      covered[at] = Math.max(covered[at]!, cosine);
    });
  }
  return chosen;
}

/** How much nearer all passages come to a chosen one with this one among them. */
function gainOf(likeness: Float32Array, covered: Float32Array): number {
  let gain = 0;
  for (let at = 0; at < covered.length; at++) gain += Math.max(0, likeness[at]! - covered[at]!);
  return gain;
}
