/** An earlier document, by its place in the memory, and how similar it is. */
export interface Neighbour {
  readonly index: number;
  readonly similarity: number;
}

/** The `count` most similar documents, best first; equal ones newest first. */
export function nearest(similarities: ArrayLike<number>, count: number): Neighbour[] {
  const neighbours = Array.from(similarities, (similarity, index) => ({ index, similarity }));
  neighbours.sort((a, b) => b.similarity - a.similarity || b.index - a.index);
  return neighbours.slice(0, count);
}

/** For each tag the share of the neighbours' votes it gets; a vote weighs `max(0, similarity)^power`. */
export function neighbourShares<Tag>(
  neighbours: readonly Neighbour[],
  tagsOf: (index: number) => readonly Tag[],
  power: number,
): Map<Tag, number> {
  const votes = new Map<Tag, number>();
  let total = 0;
  for (const { index, similarity } of neighbours) {
    const weight = Math.max(0, similarity) ** power;
    total += weight;
    for (const tag of tagsOf(index)) votes.set(tag, (votes.get(tag) ?? 0) + weight);
  }
  if (total > 0) for (const [tag, vote] of votes) votes.set(tag, vote / total);
  return votes;
}
