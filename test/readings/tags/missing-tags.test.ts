import { expect, test } from "vitest";
import { missingTags } from "../../../src/readings/tags/missing-tags.ts";

const suggestion = (tag: string, score: number) => ({ tag, key: tag.toLowerCase(), score, reasons: [] });
const suggestions = [suggestion("Web Design", 0.9), suggestion("tides", 0.7), suggestion("boats", 0.4)];

test("Tags are missing from the threshold on, and no more of them than the limit.", () => {
  const tags = (threshold: number, limit: number) =>
    missingTags(suggestions, [], { threshold, limit }).map(({ tag }) => tag);
  expect(tags(0.4, 9)).toEqual(["Web Design", "tides", "boats"]);
  expect(tags(0.5, 9)).toEqual(["Web Design", "tides"]);
  expect(tags(0.4, 1)).toEqual(["Web Design"]);
});

test("A tag that the document has in another spelling is not missing.", () => {
  const missing = missingTags(suggestions, ["web-design"], { threshold: 0.5, limit: 9 });
  expect(missing.map(({ tag }) => tag)).toEqual(["tides"]);
});
