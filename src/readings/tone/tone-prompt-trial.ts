import type { MeanGain } from "../../numbers/gate.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { knownLabels, promptGain } from "../../tone/proof/held-out-tone.ts";
import { defaultMinimumLabels } from "../../tone/proof/tone-gate.ts";
import { type LabelledSentences, readUnder } from "./labelled-sentences.ts";
import type { ToneReaders } from "./read-sentences.ts";
import { tonePromptWeight, tuningLabels } from "./tone-prompts.ts";

/**
 * What prompts for tone, tuned on the earlier labels, take away of the error on the later ones beyond shift and memory.
 * Undefined where there are too few labels to tune on, or too few documents to measure on.
 */
export async function tryTonePrompts(
  labels: readonly LabelledSentences[],
  tune: (known: readonly LabelledSentences[]) => Promise<SoftPrompts>,
  readers: Pick<ToneReaders, "model" | "encoder" | "breathe">,
  scale: OrdinalScale,
): Promise<MeanGain | undefined> {
  const earlier = new Set(knownLabels(labels.map(({ label }) => label)));
  const known = labels.filter(({ label }) => earlier.has(label));
  if (tuningLabels(known).length < defaultMinimumLabels) return undefined;
  const trial = await readUnder(await tune(known), labels, readers, scale);
  return promptGain(
    trial.map(({ label }) => label),
    scale,
    tonePromptWeight,
  );
}
