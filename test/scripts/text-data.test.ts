import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../../scripts/model/sources.ts";
import { dealDocuments, groupByWriter } from "../../scripts/model/text-data.ts";
import { createRandom } from "../../src/numbers/random.ts";

const documentsOf = (writers: number, charactersPerDocument: number): SourceDocument[] =>
  Array.from({ length: writers * 10 }, (_, number) => ({
    name: `speeches#${number}`,
    writer: `writer ${number % writers}`,
    paragraphs: ["x".repeat(charactersPerDocument)],
  }));
const writersOf = (documents: readonly SourceDocument[]) => new Set(documents.map(({ writer }) => writer));

describe("dealDocuments", () => {
  it("keeps whole writers out of training and of the held-out part, the same ones for the same seed", () => {
    const documents = documentsOf(8, 10_000);
    const dealt = dealDocuments("speeches", documents, createRandom(1));
    const newWriters = writersOf(dealt.newWriters);
    expect(newWriters.size).toBe(3);
    expect(dealt.newWriters).toHaveLength(30);
    expect([...dealt.train, ...dealt.heldOut].some(({ writer }) => newWriters.has(writer))).toBe(false);
    expect(dealDocuments("speeches", documents, createRandom(1))).toEqual(dealt);
    expect(writersOf(dealDocuments("speeches", documents, createRandom(5)).newWriters)).not.toEqual(
      newWriters,
    );
  });

  it("takes no new writers who wrote too little to learn from", () => {
    expect(dealDocuments("speeches", documentsOf(8, 1000), createRandom(1)).newWriters).toEqual([]);
  });

  it("deals every document to one part", () => {
    const documents = documentsOf(8, 10_000);
    const { train, heldOut, newWriters } = dealDocuments("speeches", documents, createRandom(1));
    const names = [...train, ...heldOut, ...newWriters].map(({ name }) => name);
    expect(names.sort()).toEqual(documents.map(({ name }) => name).sort());
    expect(heldOut.length).toBeGreaterThan(0);
  });
});

describe("groupByWriter", () => {
  it("leaves out passages without a writer", () => {
    const passage = { ids: new Uint16Array(2), words: new Uint16Array(2) };
    expect(groupByWriter([{ ...passage, writer: "Ada" }, passage])).toEqual({
      Ada: [{ ...passage, writer: "Ada" }],
    });
  });
});
