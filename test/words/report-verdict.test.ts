import { expect, test } from "vitest";
import { answersOfRound } from "../../src/tone/proof/tone-gate.ts";
import {
  adviceOnAnswers,
  fewestToneAnswers,
  reportVerdict,
  type VerdictFacts,
} from "../../src/words/report-verdict.ts";
import { untranslated as english } from "../../src/words/translate.ts";

const tags = (own: number, frequent: number) => ({
  documents: 20,
  idiolect: { recallAt5: own },
  mostFrequent: { recallAt5: frequent },
});
const facts = (changes: Partial<VerdictFacts> = {}): VerdictFacts => ({
  gates: { tone: { open: false }, tags: { open: true } },
  toneAnswers: { said: 4, wanted: 12 },
  tags: tags(0.62, 0.4),
  ...changes,
});
const verdictOf = (changes: Partial<VerdictFacts> = {}) => reportVerdict(facts(changes), english).join(" ");

test.each<readonly [string, Partial<VerdictFacts>, RegExp]>([
  ["what is not finished", { gates: undefined }, /^Learning is not finished yet/],
  ["good tags", {}, /^Tags: good\. Tone/],
  ["fair tags", { tags: tags(0.4, 0.2) }, /^Tags: fair/],
  ["tags that the most frequent ones equal", { tags: tags(0.7, 0.7) }, /^Tags: no better/],
  ["tags that were not measured", { tags: undefined }, /^Tags: suggested\. Too few/],
  [
    "no tags",
    { gates: { tone: { open: true }, tags: { open: false } } },
    /^Tags: none to suggest yet.* Tone: read your way\.$/,
  ],
  ["missing answers", {}, /after 8 more answers/],
  ["one missing answer", { toneAnswers: { said: 11, wanted: 12 } }, /after 1 more answer;/],
  [
    "enough answers that prove nothing",
    { toneAnswers: { said: 40, wanted: 12 } },
    /has not proved better so far/,
  ],
  [
    "texts in a language whose tone is not read",
    { languages: { hasTagsAlone: true } },
    /^Tags: good\. Tone: not read, as nearly all of your text is in languages whose tone is not read\.$/,
  ],
])("The verdict on %s is plain.", (_, changes, expected) => {
  expect(verdictOf(changes)).toMatch(expected);
});

test("How to answer is said as long as answers are missing.", () => {
  expect(adviceOnAnswers(facts(), english)).toMatch(/rest the mouse on it/);
  expect(adviceOnAnswers(facts({ toneAnswers: { said: 12, wanted: 12 } }), english)).toBeUndefined();
  const gates = { tone: { open: true }, tags: { open: true } };
  expect(adviceOnAnswers(facts({ gates }), english)).toBeUndefined();
  expect(adviceOnAnswers(facts({ languages: { hasTagsAlone: true } }), english)).toBeUndefined();
});

test("What is told at consent is what the gate of tone asks for.", () => {
  expect(fewestToneAnswers).toBe(answersOfRound);
});
