import type { MaskingOptions } from "../../src/learning/masking.ts";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import type { BuildData } from "./data.ts";
import { Measurer, macroF1, toneAccuracy } from "./measure.ts";
import type { SentimentExample } from "./sentiment-sets.ts";
import type { TextKind } from "./sources.ts";
import type { Weights } from "./start-weights.ts";

/** Texts of each kind whose words are guessed. */
const ofEachKind = 48;
const textsOnTheWay: readonly TextKind[] = ["wikipedia", "blogs"];

/**
 * A look at the model on the way, in a minute: words guessed in held-out text; ordinary prose, beside the share of
 * sentences without a tone, which always saying 'neutral' has; the checklist; and SST dev.
 */
export async function quickMeasure(
  config: ModelConfig,
  weights: Weights,
  data: BuildData,
  options: { readonly masking: MaskingOptions; readonly padId: number; readonly threads: number },
): Promise<Readonly<Record<string, number>>> {
  const measurer = new Measurer(config, weights, options);
  const figures: Record<string, number> = {};
  for (const kind of textsOnTheWay) {
    const { loss, top1 } = await measurer.mlm(data.text[kind].heldOut.slice(0, ofEachKind));
    figures[`${kind} loss`] = round(loss);
    figures[`${kind} top-1`] = round(top1);
  }
  const { proseRandom, checklist, sst2Dev } = data.sentiment.test;
  const prose = proseRandom.map(toSides);
  const read = await measurer.tone(prose);
  figures["always neutral"] = round(prose.filter(({ label }) => label === 1).length / prose.length);
  figures["prose right"] = round(toneAccuracy(prose, read));
  figures["prose macro-F1"] = round(macroF1(prose, read));
  figures["checklist right"] = round(toneAccuracy(checklist, await measurer.tone(checklist)));
  figures["SST-2 dev accuracy"] = round(toneAccuracy(sst2Dev, await measurer.tone(sst2Dev)));
  await measurer.release();
  return figures;
}

/** Five classes as negative, neutral and positive. */
function toSides(example: SentimentExample): SentimentExample {
  return { ...example, label: 1 + Math.sign(example.label - 2), classes: 3 };
}

const round = (figure: number): number => Math.round(figure * 1e4) / 1e4;
