import { expect, it } from "vitest";
import { partsOf, readingOf } from "../reading-of.ts";

it("Fields of Dataview are left out, as lines and in brackets.", () => {
  const source =
    "rating:: 5\n**Mood of day**:: glad\n\nI liked it. [progress:: 50%] We (on:: 2024-05-01) go on.";
  expect(readingOf(source)).toEqual(["I liked it.", "We go on."]);
  expect(partsOf(source, "shortcode")).toHaveLength(4);
});

it("A value in round brackets is part of the sentence, without its key.", () => {
  const source =
    "I met (who:: [[people/ann|Ann]]) at the (where:: *old* pier). The ferry (due:: [[2024-05-01]]) left.";
  expect(readingOf(source)).toEqual(["I met Ann at the old pier.", "The ferry left."]);
});

it("Doubled colons of programs are no fields.", () => {
  const source = "The std::vector of C++ is fine.\n\nA type x :: Int is fine.";
  expect(readingOf(source)).toEqual(["The std::vector of C++ is fine.", "A type x :: Int is fine."]);
});
