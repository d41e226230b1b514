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
  /** Mean loss of the first minus that of the second, paired by document; 95 % bootstrap. `which` chooses documents. */
  readonly difference: (first: Name, second: Name, which?: (document: string) => boolean) => Interval;
  /** Mean over documents of the difference, whichever way it goes. */
  readonly change: (first: Name, second: Name) => number;
  /** Scores of each document's passages, in order of first passage. */
  readonly scores: (name: Name) => readonly ScoredDocument[];
}

export interface ScoredDocument {
  readonly path: string;
  readonly passages: readonly MaskedLmScore[];
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
    const read = new Map<SoftPrompts | undefined, readonly MaskedLmScore[]>();
    for (const name of Object.keys(prompts) as Name[]) {
      // Two names of the same prompts cost one reading.
      const scored =
        read.get(prompts[name]) ?? (await measure.scores(passages, prompts[name], "comparison", options));
      read.set(prompts[name], scored);
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
  const [any] = scores.values();
  const differences = (first: Name, second: Name, which: (document: string) => boolean = () => true) => {
    const subtrahends = meanLosses(scoredDocuments(passages, scores.get(second)!), which);
    return meanLosses(scoredDocuments(passages, scores.get(first)!), which).map(
      (loss, at) => loss - subtrahends[at]!,
    );
  };
  return {
    documents: meanLosses(scoredDocuments(passages, any!), () => true).length,
    masked: any!.reduce((sum, { masked }) => sum + masked, 0),
    tokens: passages.reduce((sum, { ids }) => sum + ids.length - 2, 0),
    figures: Object.fromEntries(figures) as Record<Name, MaskedLmFigures>,
    difference: (first, second, which) =>
      pairedBootstrap(differences(first, second, which), createRandom("comparison")),
    change: (first, second) => {
      const all = differences(first, second);
      return all.reduce((sum, difference) => sum + Math.abs(difference), 0) / Math.max(1, all.length);
    },
    scores: (name) => scoredDocuments(passages, scores.get(name)!),
  };
}

/** Scores of passages by document, in order of first passage. */
export function scoredDocuments(
  passages: readonly Passage[],
  scores: readonly MaskedLmScore[],
): readonly ScoredDocument[] {
  const rows = Map.groupBy(passages.keys(), (row) => passages[row]!.document ?? "");
  return Array.from(rows, ([path, of]) => ({ path, passages: of.map((row) => scores[row]!) }));
}

/** Mean loss of each document that has a hidden token. */
function meanLosses(
  documents: readonly ScoredDocument[],
  which: (document: string) => boolean,
): readonly number[] {
  return documents
    .filter(({ path }) => which(path))
    .flatMap(({ passages }) => maskedLmFigures(passages)?.loss ?? []);
}
