import { createRandom } from "../../src/numbers/random.ts";

/** Ways of saying the same things; each made-up writer keeps to some of them. */
const openings = [
  "The boat went out",
  "We looked for the ropes",
  "Nobody had mended the oars",
  "The tide was late",
];
const middles = ["and the harbour was still", "while rain fell on the quay", "though the lamps were lit"];
const habits: Readonly<Record<string, readonly string[]>> = {
  plain: [".", ".", " today."],
  dashes: [" -- so it goes...", " -- well...", " -- quite so..."],
  shouts: [", honestly!", ", truly!", ", I say!"],
  asks: [", or did it not?", ", who can tell?", ", was it not so?"],
  lists: ["; then there was tea;", "; first that, then this;", "; and more besides;"],
  doubts: [", perhaps, I think.", ", it seems to me, perhaps.", ", I suppose, in a way."],
  quotes: [' ("as one says").', ' ("so they say").', ' ("they would").'],
  numbers: [", at 6 or 7.", ", some 12 of 20.", ", about 3 times."],
};

export const madeUpWriters = Object.keys(habits);

/** A passage of about 60 words in the manner of a made-up writer. */
export function madeUpPassage(writer: string, number: number): string {
  const random = createRandom(`${writer} ${number}`);
  const pick = (list: readonly string[]): string => list[random.integer(list.length)]!;
  return Array.from(
    { length: 6 },
    () => `${pick(openings)} ${pick(middles)}${pick(habits[writer] ?? [])}`,
  ).join(" ");
}
