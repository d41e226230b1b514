const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"] as const;
const middle = 3;

/**
 * The course of tone as one line of block characters, low for negative, high for positive: valences from
 * −1 to 1 in the order of the text, put together evenly where there are more than `most`.
 */
export function toneStrip(valences: readonly number[], most = 32): string {
  const count = Math.min(valences.length, most);
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * valences.length) / count);
    const to = Math.floor(((at + 1) * valences.length) / count);
    const group = valences.slice(from, to);
    return blockOf(group.reduce((sum, valence) => sum + valence, 0) / group.length);
  }).join("");
}

function blockOf(valence: number): string {
  const height = Math.round(middle + middle * valence);
  return blocks[Math.min(blocks.length - 1, Math.max(0, height))]!;
}
