import { expect, test } from "vitest";
import type { LabelledSentences } from "../../../src/readings/tone/labelled-sentences.ts";
import { tuningLabels } from "../../../src/readings/tone/tone-prompts.ts";
import { labelled, text } from "../../tone/tone-texts.ts";

function label(
  timeMs: number,
  sentences: number,
  kind: LabelledSentences["label"]["kind"] = "rating",
): LabelledSentences {
  const target = { kind: "valence", valence: 1 } as const;
  const reading = { ...text(`${timeMs}`, 0, 0), words: 5 };
  return {
    label: { ...labelled(reading, target, { timeMs, kind }), target },
    sentences: Array.from({ length: sentences }, () => ({ text: "Some words.", reading })),
  };
}

const times = (labels: readonly LabelledSentences[]) => labels.map(({ label: { timeMs } }) => timeMs);

test("Prompts for tone are tuned on what is said of short texts, the oldest first.", () => {
  const labels = [label(4, 1), label(2, 3), label(3, 4), label(1, 1, "emoticon"), label(0, 1, "correction")];
  expect(times(tuningLabels(labels))).toEqual([0, 2, 4]);
});

test("Of very many labels the newest count.", () => {
  const many = Array.from({ length: 1_000 }, (_, at) => label(at, 1));
  expect(times(tuningLabels(many.toReversed()))).toEqual(times(many.slice(200)));
});
