import { expect, test } from "vitest";
import { isSaid, readHeldOut } from "../../../src/tone/proof/held-out-tone.ts";
import { labelled, scale, text, valence } from "../tone-texts.ts";

const moods = Array.from({ length: 20 }, (_, at) =>
  labelled(text(`m${at}`, 0, 90), valence(0.5), { kind: "mood", timeMs: at }),
);
const smile = (timeMs: number) =>
  labelled(text(`s${timeMs}`, 0, 0), valence(-1), { kind: "emoticon", timeMs, weight: 0.25 });

test("Emoticons prove nothing: only what the writer has said is held out.", () => {
  const heldOut = readHeldOut([...moods, smile(3), smile(18)], scale);
  expect(heldOut).toHaveLength(16);
  expect(heldOut.every(({ label }) => isSaid(label))).toBe(true);
});

test("Emoticons are learned from as far as they are older than what is held out.", () => {
  const personal = (labels: Parameters<typeof readHeldOut>[0]) =>
    readHeldOut(labels, scale).map((held) => held.personal);
  const many = Array.from({ length: 30 }, (_, at) => smile(at / 10));
  expect(personal([...moods, ...many])).not.toEqual(personal(moods));
  expect(personal([...moods, smile(19)])).toEqual(personal(moods));
});

test("Emoticons of the same time as what is read are not learned from before it is read.", () => {
  // The first documents that are read are those of times 4 and 5.
  const first = (labels: Parameters<typeof readHeldOut>[0]) =>
    readHeldOut(labels, scale).flatMap(({ label, personal }) => (label.timeMs < 6 ? [personal] : []));
  const together = Array.from({ length: 30 }, (_, at) => ({
    ...smile(4),
    key: `s${at}`,
    document: `s${at}`,
  }));
  expect(first(moods)).toHaveLength(2);
  expect(first([...moods, ...together])).toEqual(first(moods));
  const before = together.map((label) => ({ ...label, timeMs: 3 }));
  expect(first([...moods, ...before])).not.toEqual(first(moods));
});
