import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import type { LabelledTone } from "../../tone/labels/labelled-tone.ts";
import { toneGate } from "../../tone/proof/tone-gate.ts";
import type { ReadOpinion, ReadWriter } from "./read-writers.ts";

/** Whether each writer's gate is open, as it would be in use: judged by known labels alone. */
export function openGates(writers: readonly ReadWriter[], scale: OrdinalScale): readonly boolean[] {
  return writers.map(({ writer, known }) => {
    const labels = known.map((text, at) => labelOf(text, `${writer} ${at}`));
    return toneGate(labels, scale).open;
  });
}

function labelOf({ opinion, latent, vector, target, weight }: ReadOpinion, key: string): LabelledTone {
  const about = { key, document: key, scope: "document", kind: "sentiment" } as const;
  return { ...about, latent, vector, target, weight, timeMs: 1000 * opinion.time };
}
