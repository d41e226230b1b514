import type { MaskingOptions } from "../../src/learning/masking.ts";
import type { ModelConfig } from "../../src/plm/model-config.ts";
import type { BuildData } from "./data.ts";
import { Measurer, toneAccuracy } from "./measure.ts";
import { textKinds } from "./sources.ts";
import type { Weights } from "./start-weights.ts";

/** A look at the model on the way: 64 held-out passages of each kind, and the sentences of SST dev. */
export async function quickMeasure(
  config: ModelConfig,
  weights: Weights,
  data: BuildData,
  options: { readonly masking: MaskingOptions; readonly padId: number; readonly threads: number },
): Promise<Readonly<Record<string, number>>> {
  const measurer = new Measurer(config, weights, options);
  const figures: Record<string, number> = {};
  for (const kind of textKinds) {
    const { loss, top1 } = await measurer.mlm(data.text[kind].heldOut.slice(0, 64));
    figures[`${kind} loss`] = round(loss);
    figures[`${kind} top-1`] = round(top1);
  }
  const dev = data.sentiment.test.sst2Dev;
  figures["SST-2 dev accuracy"] = round(toneAccuracy(dev, await measurer.tone(dev)));
  await measurer.release();
  return figures;
}

const round = (figure: number): number => Math.round(figure * 1e4) / 1e4;
