import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withEmojiNames } from "../../../src/plm/tokens/emoji-names.ts";
import { parseTokenizer } from "../../../src/plm/tokens/tokenizer.ts";
import { special, wordPieceFile } from "../../learner/tiny-model.ts";

const words =
  "i love it ok thanks great a b see below http slightly smiling face red heart thumbs up wink ##ing".split(
    " ",
  );
const names = "crying family man woman girl flag germany grinning with big eyes".split(" ");
const signs = [..."().,:!/?8;<3-'x"];
const plain = parseTokenizer(wordPieceFile([...special, ...new Set([...words, ...names, ...signs])]));
const named = withEmojiNames(plain);

/** Each word as it stands in the source, with the tokens that it is read as. */
function read(text: string): readonly string[] {
  const { ids, words: indices, spans } = named.encodeWords(text);
  return spans.map(({ start, end }, word) => {
    const tokens = ids.filter((_, at) => indices[at] === word).map((id) => named.tokenOf(id));
    return `${text.slice(start, end)}=${tokens.join(" ")}`;
  });
}

describe("a tokenizer that names emoji", () => {
  it.each([
    ["i love it ❤️!", ["i=i", "love=love", "it=it", "❤️=red heart", "!=!"]],
    ["ok 👍🏽", ["ok=ok", "👍🏽=thumbs up"]],
    ["a👍b", ["a=a", "👍=thumbs up", "b=b"]],
    ["👨‍👩‍👧 🇩🇪", ["👨‍👩‍👧=family man woman girl", "🇩🇪=flag germany"]],
    ["thanks :-)).", ["thanks=thanks", ":-))=slightly smiling face", ".=."]],
    ["(thanks ;-)", ["(=(", "thanks=thanks", ";-)=wink ##ing face"]],
    [":'( <3 xD", [":'(=crying face", "<3=red heart", "xD=grinning face with big eyes"]],
  ])("reads the signs of %j as one word each, at their place", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(["see (below:)", "http://a.b", "8) a", "a :b", "© ™", "a ↔ b"])("finds none in %j", (text) => {
    expect(named.encodeWords(text)).toEqual(plain.encodeWords(text));
  });

  it("keeps words in order, each with a token, at places that do not overlap, whatever the text", () => {
    const bits = fc.constantFrom(
      "love",
      "👍🏽",
      "❤",
      ":-)",
      " ",
      ".",
      "👨‍👩‍👧",
      "\u{FE0F}",
      "é",
      ":(",
      "<3",
      "🇩🇪",
      "x",
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        const { ids, words: indices, spans } = named.encodeWords(text);
        expect(new Set(indices)).toEqual(new Set(spans.keys()));
        expect(indices.toSorted((a, b) => a - b)).toEqual(indices);
        expect(ids).toHaveLength(indices.length);
        for (const [at, { start, end }] of spans.entries()) {
          expect(start).toBeGreaterThanOrEqual(spans[at - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
