import { describe, expect, it } from "vitest";
import { SentenceCache } from "../../../src/readings/tone/sentence-cache.ts";
import type { DocumentSentence } from "../../../src/tone/reading/document-latent.ts";

const sentence = (key: string): DocumentSentence => ({
  key,
  scope: "sentence",
  words: 1,
  latent: 0,
  vector: new Float32Array(1),
});

describe("The cache of sentences", () => {
  it("keeps those that were used last", () => {
    const cache = new SentenceCache(2);
    cache.set("a", sentence("a"));
    cache.set("b", sentence("b"));
    cache.get("a");
    cache.set("c", sentence("c"));

    expect([cache.get("a")?.key, cache.get("b"), cache.get("c")?.key]).toEqual(["a", undefined, "c"]);
    expect(cache.size).toBe(2);
  });
});
