import fc from "fast-check";
import { expect, test } from "vitest";
import { gate } from "../../src/numbers/gate.ts";
import { fewestWords, maskingGate } from "../../src/profile/masking-gate.ts";
import { inEnglish, percentage, type Said, said, saidCount, whole } from "../../src/said/said.ts";
import { saidShape } from "../../src/said/said-shapes.ts";
import { tagGate } from "../../src/tags/tag-learning.ts";
import { say, sayReason } from "../../src/words/say.ts";
import { filledIn, translation, untranslated } from "../../src/words/translate.ts";
import { readText } from "../house/project-files.ts";

const sentences: Readonly<Record<string, string>> = JSON.parse(readText("l10n/bundle.l10n.de.json"));
const german = translation("de", (message, ...values) => filledIn(sentences[message] ?? message, ...values));

const figure = fc.record({
  value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  digits: fc.integer({ min: 0, max: 3 }),
  isPercent: fc.constantFrom(true as const, undefined),
  isSigned: fc.constantFrom(true as const, undefined),
});
const { sentence } = fc.letrec<{ sentence: Said; value: Said["values"][number] }>((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, fc.string(), figure, tie("sentence")),
  sentence: fc.record({
    message: fc.constantFrom("{0} and {1}", "nothing", "{1}, {0}"),
    one: fc.constantFrom(undefined, "one {0}"),
    values: fc.array(tie("value"), { minLength: 2, maxLength: 2 }),
  }),
}));

test("What is said in English is what the terminal has, and survives being kept.", () => {
  fc.assert(
    fc.property(sentence, (one) => {
      expect(say(one, untranslated)).toBe(inEnglish(one));
      expect(inEnglish(saidShape.parse(JSON.parse(JSON.stringify(one))))).toBe(inEnglish(one));
    }),
  );
});

test("Counts, shares and figures are written by the rules of the language, and parts are translated, too.", () => {
  const whole3 = said("{0}; {1}", saidCount(1, "{0} answer", "{0} answers"), said("no proven gain"));
  expect(say(whole3, german)).toBe("1 Antwort; kein erwiesener Gewinn");
  expect(say(saidCount(12_345, "{0} answer", "{0} answers"), german)).toBe("12.345 Antworten");
  expect(inEnglish(said("{0} of {1}", percentage(0.42), whole(12_345)))).toBe("42 % of 12,345");
});

test("Why something is used or not is told in the reader's language; an old reason stays as it was kept.", () => {
  const difference = { mean: -0.5, low: -0.75, high: -0.25 };
  const told = sayReason(maskingGate({ documents: 1_200, difference }), german);
  expect(told).toContain("an solche Texte angepasst");
  expect(told).toContain("an 1.200 zurückgehaltenen Dokumenten: −0,500 [−0,750; −0,250] Nats");
  expect(sayReason(tagGate(0, undefined), german)).toBe("kein Dokument hat Tags");
  expect(sayReason({ reason: "no document has tags" }, german)).toBe("no document has tags");
  const words = said("too little text: {0} words, and {1} are needed", whole(3), whole(fewestWords));
  expect(gate(false, words).reason).toBe("too little text: 3 words, and 2,000 are needed");
});
