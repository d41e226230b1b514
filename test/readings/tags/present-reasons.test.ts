import { expect, test } from "vitest";
import { withPresentReasons } from "../../../src/readings/tags/present-reasons.ts";
import type { TagReason } from "../../../src/tags/tag-reasons.ts";

const similar = (...ids: readonly string[]): TagReason => ({
  kind: "similarDocuments",
  documents: ids.map((id) => ({ id, similarity: 0.5 })),
  tagged: ids.length,
  nearest: 15,
});

test("Reasons name documents where they lie now; one whose documents are all gone is none.", () => {
  const places: Readonly<Record<string, string>> = { "old.md": "new.md", "here.md": "here.md" };
  const frequent: TagReason = { kind: "frequent", uses: 3, documents: 9 };
  const suggestion = { tag: "Sea", key: "sea", score: 1 };
  const [found] = withPresentReasons(
    [{ ...suggestion, reasons: [similar("old.md", "gone.md"), similar("gone.md"), frequent] }],
    (path) => places[path],
  );
  expect(found).toEqual({
    ...suggestion,
    reasons: [{ ...similar("old.md", "gone.md"), documents: [{ id: "new.md", similarity: 0.5 }] }, frequent],
  });
});
