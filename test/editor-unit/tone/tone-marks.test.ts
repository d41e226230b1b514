import { expect, test } from "vitest";
import { toneMarks } from "../../../src/editor/tone/tone-marks.ts";
import type { SentenceReading, ToneReading } from "../../../src/protocol/readings.ts";

const range = (line: number, from: number) => ({
  start: { line, character: from },
  end: { line, character: from + 5 },
});

function sentence(
  line: number,
  from: number,
  label: ToneReading["label"],
  own: Partial<SentenceReading> = {},
): SentenceReading {
  const general = { valence: 0, label, confidence: 0.9 };
  return { range: range(line, from), plain: "So.", general, personal: null, ...own };
}

test("Sentences with a tone are marked, and the lines that they begin in; others are not.", () => {
  const marks = toneMarks([
    sentence(1, 0, "veryPositive"),
    sentence(1, 9, null),
    sentence(2, 0, "neutral"),
    sentence(3, 0, "negative"),
    sentence(3, 9, "veryNegative"),
  ]);
  expect(marks.positive).toEqual({ sentences: [range(1, 0)], lines: [1] });
  expect(marks.negative).toEqual({ sentences: [range(3, 0), range(3, 9)], lines: [3] });
  expect(marks.both).toEqual({ sentences: [], lines: [] });
});

test("A line with sentences of either side has one mark for both, as a sentence that is mixed has.", () => {
  const mixed = { valence: 0, label: null, confidence: 0.9, mixed: true } as const;
  const marks = toneMarks([
    sentence(1, 0, "positive"),
    sentence(1, 9, "negative"),
    sentence(4, 0, null, { general: mixed }),
  ]);
  expect(marks.both).toEqual({ sentences: [range(4, 0)], lines: [1, 4] });
  expect([marks.positive, marks.negative].map(({ lines }) => lines)).toEqual([[], []]);
});

test("The writer's own reading is the one that is marked.", () => {
  const personal = { valence: 0.6, label: "positive", confidence: 0.8 } as const;
  expect(toneMarks([sentence(1, 0, "negative", { personal })]).positive.lines).toEqual([1]);
});
