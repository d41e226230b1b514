import {
  type MaskedLmFigures,
  MaskedLmMeasure,
  type MaskedLmScore,
  type MeasureRhythm,
  maskedLmFigures,
} from "../learning/masked-lm-measure.ts";
import type { Passage } from "../learning/passages.ts";
import { type Interval, pairedBootstrap } from "../numbers/intervals.ts";
import { mean } from "../numbers/mean.ts";
import { createRandom } from "../numbers/random.ts";
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
  /** Mean loss of each document, in the same order for every name. */
  readonly losses: (name: Name) => readonly number[];
  /** Mean loss of the first minus that of the second, paired by document; 95 % bootstrap. `which` chooses documents. */
  readonly difference: (first: Name, second: Name, which?: (document: string) => boolean) => Interval;
  /** Its mean alone, with how many documents that is of; undefined of none. */
  readonly meanDifference: (
    first: Name,
    second: Name,
    which: (document: string) => boolean,
  ) => { readonly mean: number; readonly documents: number } | undefined;
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
  options: ComparisonOptions,
): Promise<MaskedLmComparison<Name> | undefined> {
  return compareScores(passages, await scoreMaskedLm(model, passages, prompts, options));
}

export interface ComparisonOptions extends MeasureRhythm {
  readonly threads: number;
  /** Of the masks; that of comparisons if absent. */
  readonly seed?: string;
}

/** The scores of each passage with each of the prompts, in their order. */
export async function scoreMaskedLm<Name extends string>(
  model: PretrainedModel,
  passages: readonly Passage[],
  prompts: ComparedPrompts<Name>,
  options: ComparisonOptions,
): Promise<Readonly<Record<Name, readonly MaskedLmScore[]>>> {
  const { threads, seed = comparisonSeed } = options;
  const measure = new MaskedLmMeasure(model, threads);
  const scores = {} as Record<Name, readonly MaskedLmScore[]>;
  try {
    const read = new Map<SoftPrompts | undefined, readonly MaskedLmScore[]>();
    for (const name of Object.keys(prompts) as Name[]) {
      // Two names of the same prompts cost one reading.
      scores[name] =
        read.get(prompts[name]) ?? (await measure.scores(passages, prompts[name], seed, options));
      read.set(prompts[name], scores[name]);
    }
    return scores;
  } finally {
    await measure.release();
  }
}

/** Seed of the masks that readings are compared with. */
export const comparisonSeed = "comparison";

/**
 * Compares scores of the same passages, whatever they were read with. Undefined where nothing was masked.
 * @param scores one for each passage, in their order
 */
export function compareScores<Name extends string>(
  passages: readonly Passage[],
  scores: Readonly<Record<Name, readonly MaskedLmScore[]>>,
): MaskedLmComparison<Name> | undefined {
  const names = Object.keys(scores) as Name[];
  const figures = {} as Record<Name, MaskedLmFigures>;
  for (const name of names) {
    const own = maskedLmFigures(scores[name]);
    if (own === undefined) return undefined;
    figures[name] = own;
  }
  const any = scores[names[0]!];
  const documentsOf = (name: Name) => scoredDocuments(passages, scores[name]);
  const differences = (first: Name, second: Name, which: (document: string) => boolean = () => true) => {
    const subtrahends = meanLosses(documentsOf(second), which);
    return meanLosses(documentsOf(first), which).map((loss, at) => loss - subtrahends[at]!);
  };
  return {
    documents: meanLosses(scoredDocuments(passages, any), () => true).length,
    masked: any.reduce((sum, { masked }) => sum + masked, 0),
    tokens: passages.reduce((sum, { ids }) => sum + ids.length - 2, 0),
    figures,
    losses: (name) => meanLosses(documentsOf(name), () => true),
    difference: (first, second, which) =>
      pairedBootstrap(differences(first, second, which), createRandom("comparison")),
    meanDifference: (first, second, which) => {
      const all = differences(first, second, which);
      return all.length === 0 ? undefined : { mean: mean(all), documents: all.length };
    },
    change: (first, second) => mean(differences(first, second).map(Math.abs)),
    scores: documentsOf,
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
