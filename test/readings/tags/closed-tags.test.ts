import { expect, test } from "vitest";
import { ClosedTags } from "../../../src/readings/tags/closed-tags.ts";

const suggestion = (tag: string, score: number) => ({ tag, key: tag.toLowerCase(), score, reasons: [] });

test("Only listed tags are suggested, in the list's spelling, and unused ones come last.", () => {
  const list = new ClosedTags(["Web Design", "tides", "kettles", "web-design"]);
  expect(list.tags).toEqual(["Web Design", "tides", "kettles"]);
  const obeyed = list.obeyedBy([
    suggestion("boats", 0.9),
    suggestion("web-design", 0.8),
    suggestion("tides", 0.4),
  ]);
  expect(obeyed.map(({ tag, score }) => [tag, score])).toEqual([
    ["Web Design", 0.8],
    ["tides", 0.4],
    ["kettles", 0],
  ]);
});
