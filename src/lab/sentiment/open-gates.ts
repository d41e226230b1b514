import { prequentialParts } from "../../numbers/prequential.ts";
import { classShares, type OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { evaluateTone } from "../../tone/proof/evaluate-tone.ts";
import type { HeldOutTone } from "../../tone/proof/held-out-tone.ts";
import { defaultMinimumLabels, judge } from "../../tone/proof/tone-gate.ts";
import type { ReadOpinion, ReadWriter } from "./read-writers.ts";
import { type FieldPrior, WriterField } from "./writer-field.ts";

/**
 * Whether each writer's gate is open, as it would be in use: judged by known labels alone, each
 * read before it was learned from. It is judged without prompts; to tune them for it, too, would take as long again.
 */
export function openGates(
  writers: readonly ReadWriter[],
  scale: OrdinalScale,
  prior: FieldPrior,
  random: () => number,
): readonly boolean[] {
  return writers.map(({ writer, known }) => {
    if (known.length < defaultMinimumLabels) return false;
    const heldOut = prequentialParts([...known.entries()]).flatMap(({ known: earlier, next }) => {
      const field = WriterField.fit(
        earlier.map(([, text]) => text),
        scale,
        prior,
      );
      return next.map(
        ([at, text]): HeldOutTone => ({
          label: labelOf(text, `${writer} ${at}`),
          general: classShares(text.latent, scale),
          personal: classShares(text.latent + field.shiftAt(text), scale),
        }),
      );
    });
    return judge(evaluateTone(heldOut, random)).open;
  });
}

function labelOf(
  { opinion, latent, vector, target, weight }: ReadOpinion,
  key: string,
): HeldOutTone["label"] {
  const about = { key, document: key, scope: "document", kind: "sentiment" } as const;
  return { ...about, latent, vector, target, weight, timeMs: 1000 * opinion.time };
}
