const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"] as const;
const middle = 3;

/** A text in which nothing is stronger than this looks as calm as it is. */
const leastScale = 0.5;

/**
 * The course of tone as one line of block characters, low for negative, high for positive: valences from
 * −1 to 1 in the order of the text, put together evenly where there are more than `most`. The strongest one
 * has the full height.
 */
export function toneStrip(valences: readonly number[], most = 32): string {
  const count = Math.min(valences.length, most);
  const means = Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * valences.length) / count);
    const to = Math.floor(((at + 1) * valences.length) / count);
    return mean(valences.slice(from, to));
  });
  const scale = Math.max(leastScale, ...means.map(Math.abs));
  return means.map((valence) => blocks[Math.round(middle + (middle * valence) / scale)]).join("");
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
