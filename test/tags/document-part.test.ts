import { expect, test } from "vitest";
import { sha256 } from "../../src/store/database/named-blobs.ts";
import {
  contentAt,
  decodeDocumentPart,
  encodeDocumentPart,
  releasePart,
} from "../../src/tags/document-part.ts";
import { encodeTermedDocument } from "../../src/tags/encode-termed-document.ts";
import { documentTerms } from "../../src/tags/similarity/document-terms.ts";
import { contentName } from "../../src/tags/tag-memory.ts";
import { TagSuggester } from "../../src/tags/tag-suggester.ts";
import { documentOf } from "./tagged-documents.ts";

const texts = [
  "Rope and tide at the bridge",
  "Bread\nfrom the oven, and more bread",
  "",
  "The tide, the rope",
];
/** The third has nothing: no text, no vectors. */
const documents = texts.map((text, day) => {
  const document = documentOf(day, text, [day % 2 === 0 ? "sea" : "kitchen"], [day + 1, 2]);
  return text === "" ? { ...document, vectors: [], vector: new Float32Array(0) } : document;
});

function encoded(chosen: typeof documents) {
  return chosen.map((document) => {
    const content = encodeTermedDocument(document);
    return { name: sha256(content), content };
  });
}

/** Holds some documents as parts, and admits them in the order in which they were written. */
function suggesterOf(parts: readonly (readonly number[])[]): TagSuggester {
  const suggester = new TagSuggester();
  const held = new Map<number, { readonly run: number; readonly content: string }>();
  for (const places of parts) {
    const part = decodeDocumentPart(encodeDocumentPart(encoded(places.map((place) => documents[place]!))))!;
    const first = suggester.hold(part);
    for (const [nth, place] of places.entries()) {
      held.set(place, { run: first + nth, content: contentName(contentAt(part, nth)) });
    }
    suggester.reserve(documents.length);
    releasePart(part);
  }
  for (const [place, { id, timeMs, tags }] of documents.entries()) {
    suggester.admit({ id, timeMs, tags, ...held.get(place)! });
  }
  return suggester;
}

test("Documents that are held in parts, in any order, count as if each had been learned by itself.", () => {
  const alone = new TagSuggester();
  for (const document of documents) alone.learn(document);
  for (const asked of [documentOf(9, "A rope by the tide", [], [1, 3]), documents[1]!]) {
    const expected = alone.explain(asked, 5);
    expect(expected.length).toBeGreaterThan(0);
    for (const parts of [
      [[0, 1, 2, 3]],
      [
        [3, 1],
        [2, 0],
      ],
      [[2], [3], [1], [0]],
    ]) {
      expect(suggesterOf(parts).explain(asked, 5)).toEqual(expected);
    }
  }
});

test("A part has the names and contents of its documents; bytes of another length are none.", () => {
  const bytes = encodeDocumentPart(encoded(documents));
  const part = decodeDocumentPart(bytes)!;
  expect(part.names).toEqual(encoded(documents).map(({ name }) => name));
  for (const [nth, document] of documents.entries()) {
    expect(contentAt(part, nth)).toEqual(documentTerms(document).content);
  }
  expect(decodeDocumentPart(bytes.subarray(1))).toBeUndefined();
  expect(decodeDocumentPart(bytes.subarray(0, 20))).toBeUndefined();
});

test("The memory of a part can be given back, and what was held of it stays.", () => {
  const bytes = encodeDocumentPart(encoded(documents));
  const part = decodeDocumentPart(bytes)!;
  releasePart(part);
  expect(bytes).toHaveLength(0);
});
