import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TokenizerError } from "../../../src/plm/errors.ts";
import { loadTokenizer, parseTokenizer, type Tokenizer } from "../../../src/plm/tokens/tokenizer.ts";
import { expectWordsInOrder } from "./expect-words-in-order.ts";

interface GoldenCase {
  readonly text: string;
  readonly ids: readonly number[];
  readonly words: readonly number[];
}

const baseDirectory = join(import.meta.dirname, "../../../models/idiolect-base");
const golden: { readonly cases: readonly GoldenCase[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../golden/tokenizer.json"), "utf8"),
);

/** A vocabulary small enough to read, in the form of tokenizer.json. */
function smallTokenizerJson(normalizer: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "paint", "##ing", "##ed", "Paint", "é", "e"];
  return {
    added_tokens: tokens.slice(0, 5).map((content, id) => ({ id, content, special: true })),
    normalizer: { type: "BertNormalizer", lowercase: true, strip_accents: null, ...normalizer },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: null,
    decoder: null,
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
    },
  };
}

function tokensOf(tokenizer: Tokenizer, text: string): readonly (string | undefined)[] {
  return tokenizer.encodeWords(text).ids.map((id) => tokenizer.tokenOf(id));
}

function wordsOf(tokenizer: Tokenizer, text: string): readonly string[] {
  return tokenizer.encodeWords(text).spans.map(({ start, end }) => text.slice(start, end));
}

describe("the tokenizer of the shipped base", () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadTokenizer(baseDirectory, { namesEmoji: false });
  });

  it.each(golden.cases.map((one, index) => [index, JSON.stringify(one.text).slice(0, 50), one] as const))(
    "gives the ids and words of Rust tokenizers for hard text %i: %s",
    (_index, _shown, { text, ids, words }) => {
      const encoded = tokenizer.encodeWords(text);
      expect(encoded.ids).toEqual(ids);
      expect(encoded.words).toEqual(words);
    },
  );

  it("names its special tokens", () => {
    expect(tokenizer.specialIds).toEqual({ pad: 0, unk: 100, cls: 101, sep: 102, mask: 103 });
    expect(tokenizer.vocabularySize).toBe(30522);
    // Behind [MASK] follow reserved tokens up to 998.
    expect(tokenizer.ordinaryIds).toEqual({ first: 999, end: 30522 });
    expect(tokenizer.tokenOf(103)).toBe("[MASK]");
    expect(tokenizer.tokenOf(30522)).toBeUndefined();
  });

  it("keeps the source span of every word, with the marks that belong to its characters", () => {
    const text =
      "Cafe\u0301, don\u2019t \u2260 \u2764\ufe0f \u6771\u4eac soft\u00adhyphen\u200b \ud83d\ude00!";
    expect(wordsOf(tokenizer, text)).toEqual([
      "Cafe\u0301",
      ",",
      "don",
      "\u2019",
      "t",
      "\u2260",
      "\u2764\ufe0f",
      "\u6771",
      "\u4eac",
      "soft\u00adhyphen",
      "\ud83d\ude00",
      "!",
    ]);
  });

  it("does not stretch a word over a space to a mark that stands alone", () => {
    expect(wordsOf(tokenizer, "so! \u0301then")).toEqual(["so", "!", "then"]);
    expect(wordsOf(tokenizer, "so!\u0301 then")).toEqual(["so", "!\u0301", "then"]);
  });

  it("takes a writer's literal special token for text", () => {
    expect(tokensOf(tokenizer, "[MASK]")).toEqual(["[", "mask", "]"]);
  });

  it("survives half a surrogate pair", () => {
    expect(tokensOf(tokenizer, "ha\ud83dlf")).toEqual(["half"]);
  });

  it("has ordered spans that do not overlap, and a token for every word, for any text", () => {
    const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());
    fc.assert(
      fc.property(anyText, (text) => {
        expectWordsInOrder(tokenizer.encodeWords(text), text);
      }),
      { seed: 1 },
    );
  });

  it("encodes texts apart as it encodes them joined by a space", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (left, right) => {
        const joined = tokenizer.encodeWords(`${left} ${right}`).ids;
        expect(joined).toEqual([...tokenizer.encodeWords(left).ids, ...tokenizer.encodeWords(right).ids]);
      }),
      { seed: 2 },
    );
  });
});

describe("a tokenizer of its own vocabulary", () => {
  it("cuts words into the longest pieces and marks unknown ones", () => {
    const tokenizer = parseTokenizer(smallTokenizerJson());
    expect(tokensOf(tokenizer, "Painting painted pained \u00e9")).toEqual([
      "paint",
      "##ing",
      "paint",
      "##ed",
      "[UNK]",
      "e",
    ]);
    expect(tokenizer.encodeWords("Painting painted").words).toEqual([0, 0, 1, 1]);
  });

  it("keeps case and accents where tokenizer.json says so", () => {
    const tokenizer = parseTokenizer(smallTokenizerJson({ lowercase: false }));
    expect(tokensOf(tokenizer, "Painting \u00e9")).toEqual(["Paint", "##ing", "\u00e9"]);
  });

  it("strips accents without lowering case where tokenizer.json says so", () => {
    const tokenizer = parseTokenizer(smallTokenizerJson({ lowercase: false, strip_accents: true }));
    expect(tokensOf(tokenizer, "Painting \u00e9")).toEqual(["Paint", "##ing", "e"]);
  });

  it("gives the same ids again after its cache was emptied", () => {
    const tokenizer = parseTokenizer(smallTokenizerJson());
    const before = tokenizer.encodeWords("painting").ids;
    tokenizer.encodeWords(Array.from({ length: 100_001 }, (_, index) => `w${index}`).join(" "));
    expect(tokenizer.encodeWords("painting").ids).toEqual(before);
  });
});

describe("a tokenizer.json that cannot be used", () => {
  const directories: string[] = [];
  afterAll(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true }))));

  async function directoryWith(content: string): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), "idiolect-tokenizer-"));
    directories.push(directory);
    await writeFile(join(directory, "tokenizer.json"), content);
    return directory;
  }

  it("is refused when it is not JSON", async () => {
    await expect(loadTokenizer(await directoryWith("not JSON"))).rejects.toThrow(TokenizerError);
  });

  it("is refused when there is none", async () => {
    await expect(loadTokenizer(join(tmpdir(), "no-such-directory"))).rejects.toThrow(/cannot be read\./);
  });

  it("is refused when it is of another family", () => {
    const json = { ...smallTokenizerJson(), model: { type: "BPE", vocab: {}, merges: [] } };
    expect(() => parseTokenizer(json)).toThrow(/unknown kind.*WordPiece/s);
  });

  it("is refused when a special token is missing", () => {
    const json = smallTokenizerJson();
    const vocab = { "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3 };
    const model = { ...(json["model"] as object), vocab };
    expect(() => parseTokenizer({ ...json, added_tokens: [], model })).toThrow(/no token \[MASK\]/);
  });
});
