import { expect, test } from "vitest";
import { createRandom, type Random } from "../../src/learning/random.ts";
import { type DriftBaseline, judgeDrift } from "../../src/profile/drift.ts";
import { countTagUses } from "../../src/profile/drift-check.ts";
import { lossBand } from "../../src/profile/loss-band.ts";
import { drawDocument } from "./draw-losses.ts";

const noTags = { uses: 0, unknown: 0 };
const kind = { between: 0.25, within: 2.5 };

function drawNew(random: Random, count: number, mean: number) {
  return Array.from({ length: count }, (_, at) => ({
    ...drawDocument(random, { ...kind, mean }),
    path: `${at}.md`,
  }));
}

/** Share of 200 writers, each with a band of 20 documents, whose 30 new documents raise an alarm. */
function alarmShare(mean: number): number {
  const random = createRandom(`alarm ${mean}`);
  const alarms = Array.from({ length: 200 }, () => {
    const band = lossBand(drawNew(random, 20, 3))!;
    return judgeDrift({ band, tags: noTags }, drawNew(random, 30, mean), noTags).hasDrifted;
  });
  return alarms.filter(Boolean).length / alarms.length;
}

test("Documents like those before raise an alarm seldom, and shifted ones mostly.", () => {
  expect(alarmShare(3)).toBeLessThan(0.1);
  expect(alarmShare(3.5)).toBeGreaterThan(0.85);
});

test("Easier documents are no drift.", () => {
  expect(alarmShare(2.5)).toBe(0);
});

test("The alarm names the document at which the sum passed the limit.", () => {
  const random = createRandom("since");
  const band = lossBand(drawNew(random, 40, 3))!;
  const documents = [
    ...drawNew(random, 10, 3),
    ...drawNew(random, 20, 4).map((one) => ({ ...one, path: `late ${one.path}` })),
  ];
  const report = judgeDrift({ band, tags: noTags }, documents, noTags);
  expect(report).toMatchObject({
    hasDrifted: true,
    documents: 30,
    language: { since: expect.stringMatching(/^late [0-4]\.md$/) },
  });
  expect(report.reason).toContain("no longer fits the profile: learn again");
});

test("Without a band, tags alone are watched.", () => {
  const baseline: DriftBaseline = { tags: { uses: 40, unknown: 3 } };
  const documents = drawNew(createRandom("tags"), 10, 9);
  expect(judgeDrift(baseline, documents, { uses: 30, unknown: 3 })).toMatchObject({ hasDrifted: false });
  const moved = judgeDrift(baseline, documents, { uses: 30, unknown: 20 });
  expect(moved).toMatchObject({ hasDrifted: true, tags: { isUnusual: true } });
  expect(moved.reason).toContain("67 % of the tags are new, more than the usual 8 %");
});

test("A handful of tags proves nothing, and no new documents are none.", () => {
  const baseline: DriftBaseline = { tags: { uses: 40, unknown: 0 } };
  expect(judgeDrift(baseline, [], { uses: 9, unknown: 9 })).toEqual({
    documents: 0,
    hasDrifted: false,
    reason: "no documents are new since the profile was learned",
  });
});

test("A tag counts as new once: from its second use on it is known.", () => {
  const earlier = [{ tags: ["Tea"] }];
  const later = [{ tags: ["tea", "boats"] }, { tags: ["Boats", "rope"] }];
  expect(countTagUses(earlier, later)).toEqual({ uses: 4, unknown: 2 });
});
