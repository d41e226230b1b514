import fc from "fast-check";
import { expect, it } from "vitest";
import { type ParserText, parserText } from "../../../src/corpus/live/parser-text.ts";
import { textChange } from "../../../src/corpus/live/text-change.ts";

const piece = fc.oneof(
  fc.constantFrom(
    ..."The tide was a slow one. ~She rowed. ~\n~\r\n~\r~.~ ~ x~\uFEFF~# ~é. Ü".split("~"),
    "word ".repeat(2_000),
    "Word, ".repeat(5_000),
    "The tide was a slow one. ".repeat(900),
    "x".repeat(9_990),
    "y".repeat(12_000),
    "12 ".repeat(5_000),
    "*a ".repeat(11_000),
    "a\t".repeat(15_000),
    "天地玄黄，宇宙洪荒。".repeat(1_300),
    "天地玄黄".repeat(7_000),
    "line\n".repeat(20),
  ),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  gone: fc.oneof(fc.nat(12), fc.nat(30_000)),
  put: fc.array(piece, { maxLength: 2 }),
});
const head = fc.constantFrom(0, 0, 7);

it("After an edit a text is what it is from scratch, and what has changed is known.", () => {
  fc.assert(
    fc.property(
      text,
      head,
      fc.array(fc.tuple(edit, head), { minLength: 1, maxLength: 4 }),
      (start, first, edits) => {
        let source = start;
        let known = made(source, Math.min(first, source.length));
        for (const [{ at, gone, put }, bodyStart] of edits) {
          const from = Math.floor(at * source.length);
          source = source.slice(0, from) + put.join("") + source.slice(from + gone);
          const former = known;
          const body = Math.min(bodyStart, source.length);
          known = made(source, body, former);
          const { text: shown, change } = known;
          expect(shown === made(source, body).text).toBe(true);
          expect(shown).toHaveLength(source.length);
          const { toBefore, toAfter } = change!;
          for (const kind of ["source", "text"] as const) {
            expect(known[kind].slice(0, change!.from) === former[kind].slice(0, change!.from)).toBe(true);
            expect(known[kind].slice(toAfter) === former[kind].slice(toBefore)).toBe(true);
          }
        }
      },
    ),
    { numRuns: Number(process.env["RUNS"] ?? 80), seed: 16 },
  );
});

it("A line is cut anew where signs before its start tell, which an edit has changed.", () => {
  const sentence = "The tide was slow. ";
  // The line has to be cut at the gap before 'No.', and the signs before the next gap lie on both of its sides.
  const ended = (sign: string): string =>
    `${sentence.repeat(526)}The tide was slo${sign}. No. ${sentence.repeat(600)}`;
  const former = made(ended("w"), 0);
  expect(former.text.indexOf("\n")).toBe(ended("w").indexOf(" No."));
  const signs = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
  const cuts = signs.map((sign) => made(ended(sign), 0).text);
  expect(new Set(cuts.map((cut) => cut.split("\n")[1] === "No.")).size).toBe(2);
  expect(signs.map((sign) => made(ended(sign), 0, former).text)).toEqual(cuts);
});

it("No line of a long one is longer than what is parsed at one go.", () => {
  for (const unit of ["The tide was slow. ", "word ", "12 word ", "12 ", "*a ", "a\t"]) {
    const lines = made(unit.repeat(20_000), 0).text.split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(20_010);
  }
});

it.each([
  ["", "a", { from: 0, toBefore: 0, toAfter: 1 }],
  ["aa", "aaa", { from: 2, toBefore: 2, toAfter: 3 }],
  ["abc", "abc", { from: 3, toBefore: 3, toAfter: 3 }],
  ["abcd", "axd", { from: 1, toBefore: 3, toAfter: 2 }],
  [
    `${"a".repeat(200_000)}b`,
    `${"a".repeat(200_000)}c`,
    { from: 200_000, toBefore: 200_001, toAfter: 200_001 },
  ],
])("Two texts differ between their same starts and ends (%#).", (before, after, change) => {
  expect(textChange(before, after)).toEqual(change);
});

function made(source: string, bodyStart: number, former?: ParserText): ParserText {
  const steps = parserText(source, bodyStart, former);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
