import { type Interval, pairedBootstrap } from "../evaluation/bootstrap.ts";
import {
  type MaskedLmFigures,
  MaskedLmMeasure,
  type MaskedLmScore,
  type MeasureRhythm,
  maskedLmFigures,
} from "../learning/masked-lm-measure.ts";
import type { Passage } from "../learning/passages.ts";
import { createRandom } from "../learning/random.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import type { SoftPrompts } from "../prompts/soft-prompts.ts";

/** Prompts to be compared, by name; `undefined` = the model without any. */
export type ComparedPrompts<Name extends string> = Readonly<Record<Name, SoftPrompts | undefined>>;

export interface MaskedLmComparison<Name extends string> {
  /** Documents that have a masked token. */
  readonly documents: number;
  readonly masked: number;
  readonly tokens: number;
  readonly figures: Readonly<Record<Name, MaskedLmFigures>>;
  /** Mean loss of the first minus that of the second, paired by document; 95 % bootstrap. */
  readonly difference: (first: Name, second: Name) => Interval;
}

/** Reads the same passages with the same masks with each of the prompts. Undefined where nothing can be masked. */
export async function compareMaskedLm<Name extends string>(
  model: PretrainedModel,
  passages: readonly Passage[],
  prompts: ComparedPrompts<Name>,
  options: MeasureRhythm & { readonly threads: number },
): Promise<MaskedLmComparison<Name> | undefined> {
  const measure = new MaskedLmMeasure(model, options.threads);
  const scores = new Map<Name, readonly MaskedLmScore[]>();
  const figures = new Map<Name, MaskedLmFigures>();
  try {
    for (const name of Object.keys(prompts) as Name[]) {
      const scored = await measure.scores(passages, prompts[name], "comparison", options);
      const mean = maskedLmFigures(scored);
      if (mean === undefined) {
        return undefined;
      }
      scores.set(name, scored);
      figures.set(name, mean);
    }
  } finally {
    await measure.release();
  }
  const losses = (name: Name) => lossesByDocument(passages, scores.get(name)!);
  const [any] = scores.values();
  return {
    documents: lossesByDocument(passages, any!).length,
    masked: any!.reduce((sum, { masked }) => sum + masked, 0),
    tokens: passages.reduce((sum, { ids }) => sum + ids.length - 2, 0),
    figures: Object.fromEntries(figures) as Record<Name, MaskedLmFigures>,
    difference: (first, second) => {
      const subtrahends = losses(second);
      const pairs = losses(first).map((loss, at) => loss - subtrahends[at]!);
      return pairedBootstrap(pairs, createRandom("comparison"));
    },
  };
}

/** Mean loss of each document, in order of first passage. */
function lossesByDocument(passages: readonly Passage[], scores: readonly MaskedLmScore[]): readonly number[] {
  const rows = Map.groupBy(passages.keys(), (row) => passages[row]!.document);
  return Array.from(rows.values(), (of) => maskedLmFigures(of.map((row) => scores[row]!))?.loss).filter(
    (loss) => loss !== undefined,
  );
}
