import { mean } from "../../numbers/mean.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { fitFieldPrior } from "./fit-field-prior.ts";
import { fitScale, meanLoss } from "./fit-scale.ts";
import type { PromptReadings } from "./read-with-prompts.ts";
import type { ReadWriter } from "./read-writers.ts";
import { type Blend, blendLatents, type SentimentChoices } from "./sentiment-methods.ts";
import type { PromptRecipe } from "./tuned-opinions.ts";
import { type FieldPrior, WriterField } from "./writer-field.ts";

/** How prompts may be tuned; the first is kept unless another is better on other writers. */
export const promptCandidates: readonly PromptRecipe[] = [
  { rate: 1e-2, epochs: 3, l2: 1e-3 },
  { rate: 3e-2, epochs: 3, l2: 1e-3 },
];

const shares = [0, 0.25, 0.5, 0.75, 1] as const;

/** Scale and priors, from all texts of the writers that choices are made on. */
export async function fitPriors(
  writers: readonly ReadWriter[],
  trained: OrdinalScale,
  breathe?: () => Promise<void>,
): Promise<Pick<SentimentChoices, "scale" | "priors">> {
  const labels = writers.map(({ known, later }) => [...known, ...later]);
  const scale = fitScale(labels.flat(), trained);
  const priors = {
    bias: await fitFieldPrior(labels, scale, ["bias"], breathe),
    memory: await fitFieldPrior(labels, scale, ["near"], breathe),
    field: await fitFieldPrior(labels, scale, ["bias", "spread", "taste", "near"], breathe),
  };
  return { scale, priors };
}

/** The candidate under which the writers' later labels are likeliest; all writers count alike. */
export function likeliestReadings(
  writers: readonly ReadWriter[],
  candidates: readonly (readonly PromptReadings[])[],
  scale: OrdinalScale,
): number {
  const losses = candidates.map((readings) =>
    lossOver(
      writers,
      readings.map(({ own }) => own),
      scale,
    ),
  );
  return losses.indexOf(Math.min(...losses));
}

/** The shares of prompts and field under which the writers' later labels are likeliest. */
export function chooseBlend(
  writers: readonly ReadWriter[],
  readings: readonly PromptReadings[],
  scale: OrdinalScale,
  prior: FieldPrior,
): Blend {
  const general = writers.map(({ later }) => later.map(({ latent }) => latent));
  const moved = writers.map(({ known, later }) => {
    const field = WriterField.fit(known, scale, prior);
    return later.map((text) => text.latent + field.shiftAt(text));
  });
  const lossOf = (blend: Blend): number =>
    lossOver(
      writers,
      general.map((latents, at) => blendLatents(latents, readings[at]!.own, moved[at]!, blend)),
      scale,
    );
  const blends = shares.flatMap((prompts) => shares.map((field) => ({ prompts, field })));
  return blends.reduce((best, blend) => (lossOf(blend) < lossOf(best) ? blend : best), {
    prompts: 0,
    field: 1,
  });
}

function lossOver(
  writers: readonly ReadWriter[],
  latents: readonly (readonly number[])[],
  scale: OrdinalScale,
): number {
  const losses = writers.map(({ later }, writer) =>
    meanLoss(
      later.map(({ target }, at) => ({ target, latent: latents[writer]![at]! })),
      scale,
    ),
  );
  return mean(losses);
}
