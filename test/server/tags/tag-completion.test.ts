import { expect, it } from "vitest";
import { rankedTags } from "../../../src/server/tags/tag-completion.ts";

const suggestion = (tag: string, score: number) => ({
  tag,
  score,
  reasons: [{ kind: "frequent" as const, uses: 3, documents: 9 }],
});

it("Completions put unlikely tags last, by use, and show no score that says nothing.", () => {
  const vocabulary = [
    { tag: "often", documents: 1200 },
    { tag: "Seldom", documents: 1 },
    { tag: "tides", documents: 8 },
  ];
  const tags = [suggestion("tides", 0.416), suggestion("seldom", 0.004), suggestion("often", 0.002)];
  expect(rankedTags(tags, vocabulary)).toEqual([
    { tag: "tides", detail: "42 %", reasons: ["used in 3 of 9 documents"] },
    { tag: "often", detail: "used in 1,200 documents", reasons: [] },
    { tag: "seldom", detail: "used in 1 document", reasons: [] },
  ]);
});
