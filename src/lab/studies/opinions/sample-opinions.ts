import { createRandom } from "../../../numbers/random.ts";
import type { OpinionSet } from "../../sentiment/opinion-texts.ts";

const kind = ["good", "first", "people", "know", "way"] as const;
const unkind = ["down", "out", "not", "no", "little"] as const;
const things = ["the water", "a day", "this bridge", "their river", "that use", "her time"] as const;

const writers = 24;
const textsOfEach = 24;

/**
 * A made-up set of opinions with a known difference between writers: all write of the same things in the same
 * words, but every other one calls a text good that has one kind word, and the others ask for three of four.
 */
export function sampleOpinions(): OpinionSet {
  const random = createRandom("sample opinions");
  const pick = (words: readonly string[]): string => words[random.integer(words.length)]!;
  const texts = Array.from({ length: writers }, (_, writer) =>
    Array.from({ length: textsOfEach }, (_, time) => {
      const kindWords = random.integer(5);
      const words = Array.from({ length: 4 }, (_, at) => pick(at < kindWords ? kind : unkind));
      const label = kindWords >= (writer % 2 === 0 ? 1 : 3) ? 1 : 0;
      // The number keeps texts of the same few words apart.
      const text = `I saw ${pick(things)}, and it was ${words.join(" ")} for ${writer * textsOfEach + time} hours.`;
      return { writer: `writer ${writer + 1}`, time, text, label };
    }),
  );
  return { texts: texts.flat(), classes: 2 };
}
