import fc from "fast-check";
import { expect, it } from "vitest";
import { unicodeBreaks } from "../../src/corpus/unicode-breaks.ts";

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
const segmented = (text: string): readonly number[] =>
  Array.from(segmenter.segment(text), ({ index }) => index).filter((at) => at > 0);

const western = Array.from({ length: 0x2123 }, (_, code) => String.fromCharCode(code)).filter((sign) =>
  /[\0-\u017F\u2000-\u2122]/.test(sign),
);

it("A sign is where it may end a sentence, or keep one from ending, what the Unicode rules take it for.", () => {
  const places = "~B. ~b! ~ b.~b!~B.~ b.~ B.)~b!)~B a~.B a~. a~.1 . a1.~ .~ ~a .~ ~B ~) !~."
    .split(" ")
    .join("\u0001");
  const others = western.filter((sign) => {
    const text = places.replaceAll("~", sign).replaceAll("\u0001", " ");
    return unicodeBreaks(text, "en").join() !== segmented(text).join();
  });
  expect(others).toEqual([]);
});

it("Breaks of western texts are those of Intl.Segmenter.", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ..."a B é 1 . . ! ? , : - – ( ) \" ' ” “ … \n \r \r\n \t \u00A0 \u0085 ; * ª".split(" "),
      " ",
      "  ",
    ),
    fc.constantFrom(...western),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (written) => {
      expect(unicodeBreaks(written, "en")).toEqual(segmented(written));
    }),
    { numRuns: Number(process.env["RUNS"] ?? 2_000), seed: 29 },
  );
});
