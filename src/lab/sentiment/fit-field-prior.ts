import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { cosinesOf, type FieldLabel, type FieldPrior, noField, WriterField } from "./writer-field.ts";

export type FieldPart = "bias" | "spread" | "taste" | "near";

/** In squared temperatures; a variance that wants to lie below the smallest is 0. */
const variances: readonly number[] = [0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56];
const reaches: readonly number[] = [0.1, 0.15, 0.25, 0.4];
/** In the middle of the grid, where no variance is far. */
const startVariance = 0.08;
const mostRounds = 12;

/**
 * Learns over many writers how far one departs from the general reading: the variances under which all
 * their labels are likeliest, each writer a draw of its own (empirical Bayes by Laplace's
 * approximation of the evidence). It climbs step by step on a grid, one number at a time, as the
 * evidence is flat around its top and its last digits mean nothing; only `parts` may be above 0.
 * Between two fits of all writers it waits for `breathe`.
 */
export async function fitFieldPrior(
  writers: readonly (readonly FieldLabel[])[],
  scale: OrdinalScale,
  parts: readonly FieldPart[],
  breathe: () => Promise<void> = async () => undefined,
): Promise<FieldPrior> {
  const cosines = writers.map(cosinesOf);
  const known = new Map<string, number>();
  const evidence = async (prior: FieldPrior): Promise<number> => {
    const name = Object.values(prior).join(" ");
    if (!known.has(name)) {
      await breathe();
      const fits = writers.map((labels, at) => WriterField.fit(labels, scale, prior, cosines[at]));
      known.set(
        name,
        fits.reduce((sum, { logEvidence }) => sum + logEvidence, 0),
      );
    }
    return known.get(name)!;
  };
  let best: FieldPrior = { ...noField, ...Object.fromEntries(parts.map((part) => [part, startVariance])) };
  for (let round = 0; round < mostRounds; round++) {
    const before = best;
    for (const part of parts) {
      for (const next of neighbours(best, part)) {
        if ((await evidence(next)) > (await evidence(best))) best = next;
      }
    }
    if (best === before) break;
  }
  return best;
}

/** One step up or down in one number, and all the way to 0; what is near has a reach, too. */
function neighbours(prior: FieldPrior, part: FieldPart): readonly FieldPrior[] {
  const steps = [...stepsFrom(variances, prior[part]), 0].map((value) => ({ ...prior, [part]: value }));
  const reached =
    part === "near" && prior.near > 0
      ? stepsFrom(reaches, prior.reach).map((reach) => ({ ...prior, reach }))
      : [];
  return [...steps, ...reached];
}

function stepsFrom(grid: readonly number[], value: number): readonly number[] {
  const at = grid.indexOf(value);
  return [grid[at - 1], grid[at + 1]].filter((step) => step !== undefined);
}
