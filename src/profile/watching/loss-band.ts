import type { MaskedLmScore } from "../../learning/masked-lm-measure.ts";
import { sum } from "../../numbers/mean.ts";

/** What masked-LM readings of a document's passages cost; sums of nats over hidden tokens. */
export interface DocumentLosses {
  readonly passages: readonly Pick<MaskedLmScore, "masked" | "loss">[];
}

/**
 * What documents cost, in nats a hidden token: they differ by `between` around `mean`, and within a document one
 * hidden token differs by `within` (both are variances).
 */
export interface LossBand {
  readonly documents: number;
  readonly mean: number;
  /** Standard error of the mean, nats. */
  readonly error: number;
  readonly between: number;
  readonly within: number;
}

/** Fewer held-out documents say nothing about how much documents differ. */
const fewestBandDocuments = 4;

/**
 * The band of held-out documents, by the moments of a random-effects model (DerSimonian and Laird 1986): long
 * documents are known better than short ones, and what is left over after that is how much documents
 * differ. Undefined of fewer than four documents.
 */
export function lossBand(documents: readonly DocumentLosses[]): LossBand | undefined {
  const known = documents.map(({ passages }) => passages.filter(({ masked }) => masked > 0));
  const means = known.flatMap((passages) => meanOf(passages) ?? []);
  if (means.length < fewestBandDocuments) return undefined;
  const within = varianceWithin(known);
  const between = varianceBetween(means, within);
  const weights = means.map(({ masked }) => 1 / Math.max(1e-9, between + within / masked));
  const total = sum(weights);
  const mean = sum(means.map(({ loss }, at) => weights[at]! * loss)) / total;
  return { documents: means.length, mean, error: Math.sqrt(1 / total), between, within };
}

/** How far a document lies above a band. */
export interface BandScore {
  /** In standard deviations of documents. */
  readonly above: number;
  /** Standard error of the band's mean, in the same unit. */
  readonly error: number;
}

/**
 * A band of few documents knows badly how much documents differ, so their variance counts more by this share for each document
 * but one. See `judgeDrift` for what it keeps.
 */
const varianceShare = 2;

/** Undefined where nothing in the document can be hidden. */
export function bandScore(band: LossBand, { passages }: DocumentLosses): BandScore | undefined {
  const document = meanOf(passages);
  if (document === undefined) return undefined;
  const unknown = 1 + varianceShare / (band.documents - 1);
  const deviation = Math.sqrt(unknown * (band.between + band.within / document.masked));
  const unit = Math.max(1e-6, deviation);
  return { above: (document.loss - band.mean) / unit, error: band.error / unit };
}

/** First minus second, passage by passage; both are of the same documents with the same masks. */
export function subtractLosses<T extends DocumentLosses>(
  first: readonly T[],
  second: readonly DocumentLosses[],
): readonly T[] {
  return first.map((document, at) => ({
    ...document,
    passages: document.passages.map(({ loss, ...score }, passage) => ({
      ...score,
      loss: loss - second[at]!.passages[passage]!.loss,
    })),
  }));
}

/** Mean loss of a document over its hidden tokens. */
export function meanOf(
  passages: DocumentLosses["passages"],
): { readonly loss: number; readonly masked: number } | undefined {
  const masked = sum(passages.map((score) => score.masked));
  return masked === 0 ? undefined : { loss: sum(passages.map(({ loss }) => loss)) / masked, masked };
}

/** Variance of one hidden token's loss around its document's mean, pooled: Σ m (ℓ − ℓ̄)² / Σ (n − 1). */
function varianceWithin(documents: readonly DocumentLosses["passages"][]): number {
  let [squares, freedom] = [0, 0];
  for (const passages of documents) {
    const mean = meanOf(passages)?.loss ?? 0;
    for (const { loss, masked } of passages) squares += masked * (loss / masked - mean) ** 2;
    freedom += Math.max(0, passages.length - 1);
  }
  return freedom === 0 ? 0 : squares / freedom;
}

/** τ² = max(0, (Q − (D − 1)) / (Σw − Σw² / Σw)) with w = masked / within. */
function varianceBetween(
  means: readonly { readonly loss: number; readonly masked: number }[],
  within: number,
): number {
  const weights = means.map(({ masked }) => (within === 0 ? 1 : masked / within));
  const total = sum(weights);
  const centre = sum(means.map(({ loss }, at) => weights[at]! * loss)) / total;
  const spread = sum(means.map(({ loss }, at) => weights[at]! * (loss - centre) ** 2));
  const freedom = means.length - 1;
  if (within === 0) return spread / freedom;
  return Math.max(0, (spread - freedom) / (total - sum(weights.map((weight) => weight ** 2)) / total));
}
