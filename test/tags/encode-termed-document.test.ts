import { expect, test } from "vitest";
import { decodeTermedDocument, encodeTermedDocument } from "../../src/tags/encode-termed-document.ts";
import { termsOf } from "../../src/tags/tagged-document.ts";
import { documentOf } from "./tagged-documents.ts";

test.each([
  ["a post", documentOf(1, "Bread and butter\nflour, water and bread", ["baking"], [3, -4])],
  ["one without words", documentOf(1, "", [], [0, 1])],
  [
    "one of which only the lead was read",
    { ...documentOf(1, "Bread\nflour", []), vector: new Float32Array() },
  ],
  [
    "one that was not read",
    { ...documentOf(1, "Bread\nflour", []), vector: new Float32Array(), vectors: [] },
  ],
])("Of %s comes back what is remembered of it, wherever the bytes begin.", (_, document) => {
  const bytes = encodeTermedDocument(document);
  for (const shift of [0, 1]) {
    const moved = new Uint8Array(bytes.length + shift).subarray(shift);
    moved.set(bytes);
    const { terms, vector, vectors } = decodeTermedDocument(moved)!;
    expect(terms).toEqual(termsOf(document));
    const numbersOf = (values: Int16Array) => Array.from(values, (value) => value / 32_767);
    const near = (values: Float32Array) => Array.from(values, (value) => expect.closeTo(value, 4));
    expect(numbersOf(vector)).toEqual(near(document.vector));
    expect(vectors.map(numbersOf)).toEqual(document.vectors.map(near));
  }
});

test("Bytes of another length are none.", () => {
  const bytes = encodeTermedDocument(documentOf(1, "Bread\nflour", []));
  expect(decodeTermedDocument(bytes.subarray(0, -1))).toBeUndefined();
  expect(decodeTermedDocument(bytes.subarray(0, 3))).toBeUndefined();
});
