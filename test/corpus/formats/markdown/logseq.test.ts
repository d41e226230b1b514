import { expect, it } from "vitest";
import { readingOf } from "./reading-of.ts";

it("Logseq's outlines are read without properties, drawers, plans, task words and references.", () => {
  const source = [
    "- A first thought",
    "  id:: 64a1b2c3-0000-0000-0000-000000000000",
    "  collapsed:: true",
    "\t- TODO [#A] call the dentist",
    "\t  SCHEDULED: <2024-01-05 Fri>",
    "\t  :LOGBOOK:",
    "\t  CLOCK: [2024-01-05 Fri 10:00:00]",
    "\t  :END:",
    "- As in ((64a1b2c3-0000-0000-0000-000000000000)) it was",
    "- I am\n  DONE with it",
  ].join("\n");
  expect(readingOf(source)).toEqual([
    "A first thought",
    "call the dentist",
    "As in it was",
    "I am DONE with it",
  ]);
});

it("Roam's outlines are read without tasks, attributes, queries and references.", () => {
  const source = [
    "- {{[[TODO]]}} Water the plants in the [[Greenhouse]]",
    "    - **Mood::** glad",
    "    - Author:: [[Ann]]",
    "    - As in ((abcDEF_12)) it was",
    "    - ^^This matters a lot.^^ So does __this one__.",
    "    - {{[[query]]: {and: [[a]] [[b]]}}}",
  ].join("\n");
  expect(readingOf(source)).toEqual([
    "Water the plants in the Greenhouse",
    "As in it was",
    "This matters a lot.",
    "So does this one.",
  ]);
});

it("Blocks of Org in an outline are code, quotations, or text without their first and last lines.", () => {
  const source = [
    "- Here is one:",
    "  #+BEGIN_EXAMPLE",
    "  Not mine.",
    "  #+END_EXAMPLE",
    "",
    "#+BEGIN_NOTE",
    "Keep it dry.",
    "#+END_NOTE",
    "",
    "#+begin_quote",
    "Nor this.",
    "",
    "Nor that.",
    "#+end_quote",
    "",
    "The end.",
  ].join("\n");
  expect(readingOf(source)).toEqual(["Here is one:", "Keep it dry.", "The end."]);
});

it("A page whose name has another's in it is its words.", () => {
  expect(readingOf("I read [[Some [[level of]] detail]] at last.")).toEqual([
    "I read Some level of detail at last.",
  ]);
});
