import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSentences } from "../../src/corpus/sentences.ts";

function split(text: string): readonly string[] {
  return splitSentences(text, "en").map(({ start, end }) => text.slice(start, end));
}

describe("splitting into sentences", () => {
  it.each([
    ["titles and names", ["Dr. Smith met Mr. Jones.", "They left."]],
    ["initials", ["J. R. R. Tolkien wrote it.", "George W. Bush did not."]],
    ["a language of one letter at the end", ["It is written in C.", "Next comes Rust."]],
    ["'I' at the end", ["She is taller than I.", "He is not."]],
    ["abbreviations", ["Use a list, e.g. Python's, vs. Ruby's (cf. Knuth).", "Fine."]],
    ["numbers after abbreviations", ["See Fig. 3, No. 5 and p. 12.", "That is all."]],
    ["'no' as an answer", ["He said no.", "Then he left."]],
    ["acronyms with full stops", ["The U.S. Government paid.", "It moved to the U.S.", "He stayed."]],
    ["an acronym without", ["I hate IE.", "This is why."]],
    ["decimal numbers and versions", ["Version 2.1.9 took 3.14 s.", "Good."]],
    ["file names", ["Edit main.c and README.md, then .NET works.", "Run it."]],
    ["addresses", ["See https://example.org/a.b?c=d!e for more.", "Or not."]],
    ["'etc.' before a capital", ["Bring tea, etc. and cups, etc.", "Then sit."]],
    ["a question that is quoted", ['"Really?" she asked.', "Yes."]],
    ["a name with a mark", ["Yahoo! is old.", "So am I."]],
    ["a number that opens a sentence", ["It was given to me.", "2015 is special."]],
    ["a name in small letters that opens a sentence", ["The tool is young.", "npm is older than that."]],
    ["a writer without capitals", ["i am tired now.", "more on this later.", "are you there?", "i am."]],
    ["an ellipsis", ["Well... i think so...", "Perhaps."]],
    ["a list number", ["1. First we wait."]],
    ["emoticons and emoji", ["That was fun. :)", "Next one! 🎉", "Done."]],
    [
      "citations behind the full stop",
      ["It is so.[1]", "It is not.[2][3]", "Who knows?[citation needed]", "I do.¹", "Good."],
    ],
    ["citations behind an abbreviation", ["He read Lamb et al.[3] in bed.", "Then he slept."]],
    ["a call and who said it", ['"Stop!" Anna cried.', "“Why?” Mr. Lamb asked quietly.", "I stopped."]],
    ["a call and what somebody did then", ['"Who is it?"', "The man said nothing."]],
    ["a street, and a saint", ["They live on Main St.", "It is quiet.", "St. John is old."]],
    ["units", ["The path is 3 mi. long and 5 ft. wide.", "We walked 3 mi.", "Then we slept."]],
    [
      "an hour with its zone or day",
      ["We begin at 7 p.m. Monday.", "Until 9 a.m. EST I sleep.", "We left at 6 a.m.", "Nobody spoke."],
    ],
    ["numbers that are none of a list", ["1. We met on May 2.", "It rained."]],
    ["brackets after the end", ["(They came (all of them!), too.)", "Good."]],
  ])("keeps %s", (_what, sentences) => {
    expect(split(sentences.join(" "))).toEqual(sentences);
  });

  it("takes a line feed for a break, unless the line is cut in mid-sentence", () => {
    expect(split("Roses are red\nViolets are blue\nand so on")).toEqual([
      "Roses are red",
      "Violets are blue\nand so on",
    ]);
  });

  it("ends no sentence inside code", () => {
    const text = 'Print "x: ". Then go on.';
    expect(splitSentences(text, "en", [{ start: 6, end: 20 }])).toHaveLength(1);
  });

  it("loses nothing but blanks, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const spans = splitSentences(text, "en");
        const outside = [...spans, { start: text.length, end: text.length }].map(({ start }, index) =>
          text.slice(spans[index - 1]?.end ?? 0, start),
        );
        expect(outside.join("").trim()).toBe("");
      }),
    );
  });
});

it("Where no sign of an end stands, the Unicode rules have no break either.", () => {
  const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const plain = text.replace(/[\p{Sentence_Terminal}\n\r\u0085\u2028\u2029]/gu, " ");
      expect([...segmenter.segment(plain)].length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500, seed: 29 },
  );
});
