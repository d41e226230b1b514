import { expect, test } from "vitest";
import { hashOfText, tagCorrections } from "../../../src/readings/tags/tag-suggestions.ts";
import { openTemporaryStore } from "../../store/temporary-store.ts";

const text = ["The river was high."];
const asked = (id: string, ...texts: readonly (readonly string[])[]) => ({
  id,
  textHashes: texts.map(hashOfText),
});

function storeWith(documentPath: string | undefined, sentences: readonly string[]) {
  const store = openTemporaryStore();
  const { id } = store.writers.ensure("Anna");
  const place = documentPath === undefined ? {} : { documentPath };
  store.corrections.add(id, { kind: "tagVetoed", textHash: hashOfText(sentences), tag: "Sea", ...place });
  return (about: Parameters<typeof tagCorrections>[2]) => tagCorrections(store, id, about)[0]!.documentId;
}

test("A lesson about a file holds at its path, whatever is written there, and follows the text to another path.", () => {
  const documentOf = storeWith("/blog/a.md", text);
  expect(documentOf(asked("/blog/a.md", ["Another text."]))).toBe("/blog/a.md");
  expect(documentOf(asked("/blog/renamed.md", text))).toBe("/blog/renamed.md");
  expect(documentOf(asked("/blog/other.md", ["Another text."]))).toBe("/blog/a.md");
});

test("A lesson about what was no file holds for its text, not for its name.", () => {
  const documentOf = storeWith(undefined, text);
  expect(documentOf(asked("untitled:Untitled-1", ["Later."], text))).toBe("untitled:Untitled-1");
  expect(documentOf(asked("untitled:Untitled-1", ["Later."]))).toBe(hashOfText(text));
});

test("A lesson about an empty document holds for no other empty one.", () => {
  const documentOf = storeWith(undefined, []);
  expect(documentOf(asked("untitled:Untitled-2", []))).toBe(hashOfText([]));
});
