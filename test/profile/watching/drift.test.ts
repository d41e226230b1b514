import { expect, test } from "vitest";
import { drawDocument } from "../../../scripts/gates/draw-losses.ts";
import { createRandom, type Random } from "../../../src/numbers/random.ts";
import { judgeDrift } from "../../../src/profile/watching/drift.ts";
import { lossBand } from "../../../src/profile/watching/loss-band.ts";

const kind = { between: 0.25, within: 2.5 };

function drawNew(random: Random, count: number, mean: number) {
  return Array.from({ length: count }, (_, at) => ({
    ...drawDocument(random, { ...kind, mean }),
    path: `${at}.md`,
  }));
}

const writers = process.env["LONG"] === "1" ? 1_000 : 200;

/** Share of writers, each with a band of some documents, whose forty new documents raise an alarm. */
function alarmShare(mean: number, known = 20): number {
  const random = createRandom(`alarm ${mean} ${known}`);
  const alarms = Array.from({ length: writers }, () => {
    const band = lossBand(drawNew(random, known, 3))!;
    return judgeDrift({ band }, drawNew(random, 40, mean)).hasDrifted;
  });
  return alarms.filter(Boolean).length / alarms.length;
}

test.each([6, 10, 20, 40])(
  "Documents like those before raise an alarm for one writer in 25 at most, also from a band of %i.",
  (known) => {
    expect(alarmShare(3, known)).toBeLessThanOrEqual(0.04);
  },
);

test("Shifted documents raise an alarm mostly, the sooner the farther.", () => {
  expect(alarmShare(3.5)).toBeGreaterThan(0.85);
  expect(alarmShare(4)).toBe(1);
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
  const report = judgeDrift({ band }, documents);
  expect(report).toMatchObject({
    hasDrifted: true,
    documents: 30,
    language: { since: expect.stringMatching(/^late [0-4]\.md$/) },
  });
  expect(report.reason).toContain("no longer fits the profile: learn again");
});

test("Without a band, tags alone are watched, and no new documents are none.", () => {
  const usual = { documents: 10, uses: 30, unknown: 3, share: 0.1, expectedShare: 0.08, isUnusual: false };
  const documents = drawNew(createRandom("tags"), 10, 9);
  expect(judgeDrift({}, documents, usual)).toMatchObject({ hasDrifted: false });
  const moved = judgeDrift({}, documents, { ...usual, unknown: 20, share: 2 / 3, isUnusual: true });
  expect(moved).toMatchObject({ hasDrifted: true, tags: { isUnusual: true } });
  expect(moved.reason).toContain("67 % of the tags were never used before, more than the usual 8 %");
  expect(judgeDrift({}, [])).toMatchObject({
    documents: 0,
    hasDrifted: false,
    reason: "there are no new documents since the profile was learned",
  });
});
