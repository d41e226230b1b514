import { expect, test } from "vitest";
import { findRepeats } from "../../scripts/model/repeats.ts";

const tests = [
  { id: 1, text: "RT @user: the plot is thin, but every scene is played with charm" },
  { id: 2, text: "The train was late again and nobody told us why." },
  { id: 3, text: "Lovely" },
];

test("Tests that stand nearly so in training text are found, and the texts that repeat them.", () => {
  const copy = "the plot is thin , but every scene is played with charm .";
  const training = ["We had a lovely week by the sea.", copy, "Nobody told us that the shop was shut."];
  const repeats = findRepeats(tests, ({ text }) => text, training);
  expect([...repeats.tests].map(({ id }) => id)).toEqual([1]);
  expect(repeats.trained).toEqual([copy]);
});

test("Short texts count as repeated only where they are equal.", () => {
  const repeats = findRepeats(tests, ({ text }) => text, ["LOVELY!", "Lovely train"]);
  expect([...repeats.tests].map(({ id }) => id)).toEqual([3]);
});

test("Without training text nothing is repeated.", () => {
  expect(findRepeats(tests, ({ text }) => text, []).tests.size).toBe(0);
});
