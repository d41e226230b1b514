/**
 * What a word in `mood:` or `sentiment:` says, from −1 to 1. Compared in lower case, spaces, hyphens and
 * underscores alike. Only words that name a good or bad state: those that are neither or both (busy,
 * surprised, nostalgic, tired) are left out, and a word that is not here is reported, never guessed.
 */
const wordsByValence: readonly (readonly [valence: number, words: string])[] = [
  [
    -1,
    "very bad, very negative, awful, terrible, horrible, miserable, dreadful, worst, depressed, " +
      "devastated, furious, hopeless, desperate, heartbroken, very sad, very low, very unhappy, 😭, 😡, 🤬, " +
      "--",
  ],
  [
    -0.5,
    "bad, negative, sad, low, down, unhappy, angry, annoyed, frustrated, upset, anxious, worried, " +
      "stressed, lonely, gloomy, disappointed, afraid, scared, poor, irritated, grumpy, melancholy, " +
      "not good, 😞, 😢, ☹, 🙁, 😠, 👎, :(, :-(, -",
  ],
  [
    0,
    "so so, neutral, okay, ok, meh, average, mixed, medium, indifferent, normal, neither, 😐, 😶, :|, " +
      ":-|, 0",
  ],
  [
    0.5,
    "good, positive, fine, happy, content, glad, calm, cheerful, hopeful, relaxed, grateful, thankful, " +
      "pleased, optimistic, proud, peaceful, satisfied, not bad, 🙂, 😊, ☺, 😀, 😄, 👍, :), :-), +",
  ],
  [
    1,
    "very good, very positive, great, excellent, wonderful, amazing, fantastic, awesome, ecstatic, " +
      "overjoyed, thrilled, delighted, elated, joyful, best, very happy, euphoric, excited, brilliant, " +
      "superb, 😍, 🥳, 🤩, :D, :-D, ++",
  ],
];

const valences: ReadonlyMap<string, number> = new Map(
  wordsByValence.flatMap(([valence, words]) => words.split(", ").map((word) => [fold(word), valence])),
);

/** The valence of a mood word, or `undefined` for one that is not in the table. */
export function moodValence(word: string): number | undefined {
  return valences.get(fold(word));
}

/** Variation selectors only choose between the text and the picture of a sign. */
function fold(word: string): string {
  const plain = word.trim().toLowerCase().replaceAll("\uFE0F", "");
  return /\p{L}/u.test(plain) ? plain.replace(/[\s_-]+/g, " ") : plain;
}
