import { expect, test } from "vitest";
import { toneCorrections } from "../../../src/readings/tone/tone-corrections.ts";
import type { Correction, Lesson } from "../../../src/store/corrections/correction.ts";

const taught = (lesson: Lesson): Correction => ({ id: "c", createdMs: 7, vector: undefined, lesson });
const tone = { kind: "tone", textHash: "h", sentence: "It rains.", valence: -0.5 } as const;

test("What the writer says of a sentence is a label, and agreeing with what was shown is a quarter of one.", async () => {
  const labels = await toneCorrections(
    [
      taught(tone),
      taught({ kind: "tagAdded", textHash: "d", tag: "rain" }),
      taught({ ...tone, documentPath: "rain.md", confirms: true }),
    ],
    async (sentences) =>
      sentences.map((key) => ({ key, scope: "sentence", words: 2, latent: 0, vector: Float32Array.of(1) })),
  );
  expect(labels.map(({ label }) => [label.key, label.document, label.weight, label.timeMs])).toEqual([
    ["h", "h", 1, 7],
    ["h", "rain.md", 0.25, 7],
  ]);
  expect(labels[0]!.label).toMatchObject({ kind: "correction", target: { kind: "valence", valence: -0.5 } });
  expect(labels[0]!.label).not.toHaveProperty("words");
});
