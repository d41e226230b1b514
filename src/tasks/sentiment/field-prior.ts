import type { OrdinalScale } from "./ordinal-scale.ts";
import { cosinesOf, type FieldLabel, type FieldPrior, noField, WriterField } from "./writer-field.ts";

export type FieldPart = "bias" | "spread" | "taste" | "near";

/** Squared units of the latent valence; a variance that wants to lie below the smallest is 0. */
const variances = [0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56] as const;
const reaches = [0.1, 0.15, 0.25, 0.4] as const;
const mostRounds = 4;

/** What the search starts from. */
const start: FieldPrior = { ...noField, bias: 0.16 };

/**
 * Learns over many writers how far one departs from the general reading: the variances under which all
 * their labels are likeliest, each writer a draw of its own (empirical Bayes by Laplace's
 * approximation of the evidence). Coordinate by coordinate over a grid, as the evidence is flat around
 * its top and its last digits mean nothing; only `parts` may be above 0. Between two fits of all
 * writers it waits for `breathe`.
 */
export async function learnFieldPrior(
  writers: readonly (readonly FieldLabel[])[],
  scale: OrdinalScale,
  parts: readonly FieldPart[],
  breathe: () => Promise<void> = async () => undefined,
): Promise<FieldPrior> {
  const cosines = writers.map(cosinesOf);
  const evidence = async (prior: FieldPrior): Promise<number> => {
    await breathe();
    return writers.reduce(
      (sum, labels, at) => sum + WriterField.fit(labels, scale, prior, cosines[at]).logEvidence,
      0,
    );
  };
  let best = parts.includes("bias") ? start : noField;
  let highest = await evidence(best);
  for (let round = 0; round < mostRounds; round++) {
    const before = highest;
    for (const candidate of candidates(parts)) {
      const prior = { ...best, ...candidate };
      if (sameFields(prior, best)) continue;
      const value = await evidence(prior);
      if (value > highest) [best, highest] = [prior, value];
    }
    if (highest === before) break;
  }
  return best;
}

function candidates(parts: readonly FieldPart[]): readonly Partial<FieldPrior>[] {
  return parts.flatMap((part): readonly Partial<FieldPrior>[] =>
    part === "near"
      ? reaches.flatMap((reach) => variances.map((near) => ({ near, reach })))
      : variances.map((value) => ({ [part]: value })),
  );
}

const sameFields = (a: FieldPrior, b: FieldPrior): boolean =>
  (Object.keys(a) as (keyof FieldPrior)[]).every((key) => a[key] === b[key]);
