import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenizerError } from "../../../src/plm/errors.ts";
import { characterOfByte } from "../../../src/plm/tokens/byte-level.ts";
import { parseTokenizer, type Tokenizer } from "../../../src/plm/tokens/tokenizer.ts";
import { goldenPath } from "../encoder/family-golden.ts";
import { expectWordsInOrder } from "./expect-words-in-order.ts";

interface GoldenCase {
  readonly text: string;
  readonly ids: readonly number[];
  readonly words: readonly number[];
}

type Json = Record<string, unknown>;

const golden: Readonly<Record<"byteLevel" | "spaceBefore" | "cased", readonly GoldenCase[]>> = JSON.parse(
  readFileSync(goldenPath("small-vocabularies.json"), "utf8"),
);
const readJson = (path: string): Json => JSON.parse(readFileSync(goldenPath(path), "utf8"));

/** The tokenizer of the tiny RoBERTa, changed. */
function robertaJson(change: (parts: { json: Json; pre: Json; model: Json }) => void = () => {}): Json {
  const json = readJson("tiny-roberta/tokenizer.json");
  change({ json, pre: json["pre_tokenizer"] as Json, model: json["model"] as Json });
  return json;
}

const spaceBefore = robertaJson(({ pre }) => {
  pre["add_prefix_space"] = true;
});

const named = (cases: readonly GoldenCase[]) =>
  cases.map((one, index) => [index, JSON.stringify(one.text).slice(0, 50), one] as const);

function wordsOf(tokenizer: Tokenizer, text: string): readonly string[] {
  return tokenizer.encodeWords(text).spans.map(({ start, end }) => text.slice(start, end));
}

/** The text that tokens stand for. */
function decode(tokenizer: Tokenizer, ids: readonly number[]): string {
  const bytes = ids.flatMap((id) =>
    [...tokenizer.tokenOf(id)!].map((character) => characterOfByte.indexOf(character)),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

describe("a byte-level tokenizer", () => {
  const tokenizer = parseTokenizer(robertaJson());

  it.each(named(golden.byteLevel))("gives the ids and words of Rust tokenizers for text %i: %s", (...row) => {
    const { text, ids, words } = row[2];
    const encoded = tokenizer.encodeWords(text);
    expect(encoded.ids).toEqual(ids);
    expect(encoded.words).toEqual(words);
  });

  it("names its special tokens, and the ordinary ones between them", () => {
    const { specialIds, ordinaryIds, vocabularySize } = tokenizer;
    expect(specialIds).toEqual({ cls: 0, pad: 1, sep: 2, unk: 3, mask: 420 });
    expect(ordinaryIds).toEqual({ first: 4, end: 420 });
    expect(vocabularySize).toBe(421);
    expect(tokenizer.tokenOf(420)).toBe("<mask>");
    expect(tokenizer.tokenOf(421)).toBeUndefined();
  });

  it("keeps the source span of every word, without the space before it", () => {
    const text = "Cafe\u0301 don't \ud83d\ude00  50% \u6771\u4eac\u3002\r\n";
    expect(wordsOf(tokenizer, text)).toEqual([
      "Cafe",
      "\u0301",
      "don",
      "'t",
      "\ud83d\ude00",
      " ",
      "50",
      "%",
      "\u6771\u4eac",
      "\u3002",
      "\r\n",
    ]);
  });

  it("reads half a surrogate pair as the replacement character", () => {
    expect(tokenizer.encodeWords("ha\ud83dlf").ids).toEqual(tokenizer.encodeWords("ha\ufffdlf").ids);
  });

  it("reads a text that follows another as it stands behind a space", () => {
    const [first, second] = ["The river took the meadow.", "Nobody minded."];
    const whole = tokenizer.encodeWords(`${first} ${second}`);
    const apart = [
      tokenizer.encodeWords(first),
      tokenizer.encodeWords(second, { isContinued: true }),
    ] as const;
    expect([...apart[0].ids, ...apart[1].ids]).toEqual(whole.ids);
    expect(apart[1].spans[0]).toEqual({ start: 0, end: 6 });
  });

  it("loses nothing of any text, and its spans are ordered and hold a token each", () => {
    const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, isContinued) => {
        const encoded = tokenizer.encodeWords(text, { isContinued });
        const added = isContinued && text !== "" && !text.startsWith(" ") ? " " : "";
        expect(decode(tokenizer, encoded.ids)).toBe(added + text.toWellFormed());
        expectWordsInOrder(encoded, text);
      }),
      { seed: 1 },
    );
  });
});

describe("a byte-level tokenizer that puts a space before the text", () => {
  const tokenizer = parseTokenizer(spaceBefore);

  it.each(named(golden.spaceBefore))("gives the ids of Rust tokenizers for text %i: %s", (...row) => {
    const { text, ids } = row[2];
    expect(tokenizer.encodeWords(text).ids).toEqual(ids);
  });

  it("counts that space to the word behind it where it stands alone", () => {
    const { ids, words, spans } = tokenizer.encodeWords("\tword");
    expect(decode(tokenizer, ids)).toBe(" \tword");
    expect(spans).toEqual([
      { start: 0, end: 1 },
      { start: 1, end: 5 },
    ]);
    expect(words.slice(0, 3)).toEqual([0, 0, 1]);
  });
});

describe("other ways of writing the same tokenizer", () => {
  const text = "It's the writer's own, they'll say. \u6771\u4eac";
  const { ids } = parseTokenizer(robertaJson()).encodeWords(text);

  it("merges as texts", () => {
    const json = robertaJson(({ model }) => {
      model["merges"] = (model["merges"] as readonly string[][]).map((pair) =>
        Array.isArray(pair) ? pair.join(" ") : pair,
      );
    });
    expect(parseTokenizer(json).encodeWords(text).ids).toEqual(ids);
  });

  it("special tokens by a template", () => {
    const json = robertaJson((parts) => {
      const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
      const single = [token("<s>"), { Sequence: { id: "A", type_id: 0 } }, token("</s>")];
      parts.json["post_processor"] = { type: "TemplateProcessing", single, pair: [], special_tokens: {} };
    });
    const tokenizer = parseTokenizer(json);
    expect(tokenizer.specialIds).toEqual({ cls: 0, pad: 1, sep: 2, unk: 3, mask: 420 });
    expect(tokenizer.encodeWords(text).ids).toEqual(ids);
  });
});

describe("a small WordPiece tokenizer that keeps case and accents", () => {
  const tokenizer = parseTokenizer(readJson("tiny-distilbert/tokenizer.json"));

  it.each(named(golden.cased))("gives the ids and words of Rust tokenizers for text %i: %s", (...row) => {
    const { text, ids, words } = row[2];
    const encoded = tokenizer.encodeWords(text);
    expect(encoded.ids).toEqual(ids);
    expect(encoded.words).toEqual(words);
  });

  it("names its ordinary tokens", () => {
    expect(tokenizer.ordinaryIds).toEqual({ first: 5, end: 400 });
  });
});

describe("a byte-level tokenizer.json is refused", () => {
  it.each<[string, (parts: { json: Json; pre: Json; model: Json }) => void, RegExp]>([
    ["with a pattern of its own", ({ pre }) => Object.assign(pre, { use_regex: false }), /use_regex/],
    [
      "with another pre-tokenizer before it",
      ({ json }) => {
        const split = { type: "Split", pattern: { Regex: "(a+)+$" }, behavior: "Isolated", invert: false };
        json["pre_tokenizer"] = { type: "Sequence", pretokenizers: [split, { type: "ByteLevel" }] };
      },
      /pre_tokenizer/,
    ],
    ["with a normalizer", ({ json }) => Object.assign(json, { normalizer: { type: "NFC" } }), /normalizer/],
    ["with dropout", ({ model }) => Object.assign(model, { dropout: 0.1 }), /dropout/],
    ["with a suffix of words", ({ model }) => Object.assign(model, { end_of_word_suffix: "</w>" }), /suffix/],
    ["without merges", ({ model }) => Object.assign(model, { merges: undefined }), /merges/],
    ["with a merge of three", ({ model }) => Object.assign(model, { merges: ["a b c"] }), /merges/],
    ["with an id beyond all measure", ({ model }) => Object.assign(model["vocab"]!, { x: 1e9 }), /vocab/],
    ["with a negative id", ({ model }) => Object.assign(model["vocab"]!, { x: -1 }), /vocab/],
    [
      "without a token for a byte",
      ({ model }) => Reflect.deleteProperty(model["vocab"] as object, "\u0120"),
      /no token for 1 of the 256 bytes/,
    ],
    ["without a mask", ({ json }) => Object.assign(json, { added_tokens: [] }), /no token <mask>/],
    [
      "without the brackets of a text",
      ({ json }) => Object.assign(json, { post_processor: null }),
      /post_processor/,
    ],
  ])("%s", (_what, change, message) => {
    const json = robertaJson(change);
    expect(() => parseTokenizer(json)).toThrow(message);
    expect(() => parseTokenizer(json)).toThrow(TokenizerError);
  });

  it("when it nests a hundred thousand lists", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const json = JSON.parse(`{"model":{"type":"BPE","vocab":${deep}},"pre_tokenizer":{"type":"ByteLevel"}}`);
    expect(() => parseTokenizer(json)).toThrow(TokenizerError);
  });
});

describe("a file's own patterns are never run", () => {
  it("in a decoder", () => {
    const json = robertaJson((parts) => {
      parts.json["decoder"] = { type: "Replace", pattern: { Regex: "(a+)+$" }, content: "" };
    });
    expect(parseTokenizer(json).encodeWords(`${"a".repeat(40)}!`).spans).toHaveLength(2);
  });
});
