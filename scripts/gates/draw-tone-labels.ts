import type { Random } from "../../src/numbers/random.ts";
import type { OrdinalScale } from "../../src/tone/head/ordinal-scale.ts";
import type { LabelledTone } from "../../src/tone/labels/labelled-tone.ts";

/** Classes two apart, neutral around 0. */
export const drawnScale: OrdinalScale = { thresholds: [-3, -1, 1, 3], temperature: 1 };

/**
 * Labels of a writer who means every text `bias` kinder than it is read, and each document a little otherwise, so that labels
 * of one document come together.
 */
export function drawToneLabels(
  random: Random,
  documents: number,
  labels: number,
  bias: number,
): readonly LabelledTone[] {
  return Array.from({ length: documents }, (_, document) => {
    const mood = 0.5 * random.normal();
    return Array.from({ length: labels }, (__, at): LabelledTone => {
      const latent = 2.5 * random.normal();
      const meant = latent + bias + mood + 0.5 * random.normal();
      const angle = 2 * Math.PI * random();
      return {
        key: `${document}/${at}`,
        document: `${document}`,
        scope: "sentence",
        kind: "rating",
        weight: 1,
        latent,
        vector: Float32Array.of(Math.cos(angle), Math.sin(angle)),
        target: { kind: "valence", valence: Math.max(-1, Math.min(1, Math.round(meant / 2) / 2)) },
        timeMs: document,
      };
    });
  }).flat();
}
