import type { Random } from "../../src/numbers/random.ts";

const exponential = (random: Random): number => -Math.log(1 - random());

/** What gains of documents may be like where there is nothing to gain: mean 0, deviation 1. */
export const gainKinds: Readonly<Record<string, (random: Random) => number>> = {
  normal: (random) => random.normal(),
  "heavy tails (t, 5)": (random) => {
    const squares = Array.from({ length: 5 }, () => random.normal() ** 2);
    return (random.normal() / Math.sqrt(squares.reduce((sum, one) => sum + one) / 5)) * Math.sqrt(3 / 5);
  },
  "mostly nothing (recall)": (random) => (random() < 0.3 ? (random() < 0.5 ? -1 : 1) / Math.sqrt(0.3) : 0),
  "some lose much (skew −1)": (random) =>
    (4 - Array.from({ length: 4 }, () => exponential(random)).reduce((sum, one) => sum + one)) / 2,
  "few lose very much (skew −2)": (random) => 1 - exponential(random),
};
