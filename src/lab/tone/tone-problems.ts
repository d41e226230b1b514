import { formatPercent } from "../../words/format.ts";
import type { ToneTable } from "./tone-table.ts";

/**
 * Why a base may not be shipped; empty where it may. On every set it has to be above VADER's word list, by the
 * likeliest class, and on ordinary prose above always saying 'no tone', as it is shown.
 */
export function toneProblems({ sets }: ToneTable): readonly string[] {
  return Object.entries(sets).flatMap(([set, { idiolect, vader, sides }]) => {
    const problems =
      idiolect.macroF1 > vader.macroF1
        ? []
        : [compared(set, "macro-F1", idiolect.macroF1, "VADER", vader.macroF1)];
    if (!set.startsWith("prose") || sides === undefined) return problems;
    const { shown, alwaysNeutral } = sides;
    return shown.right > alwaysNeutral.right
      ? problems
      : [...problems, compared(set, "right as shown", shown.right, "always 'no tone'", alwaysNeutral.right)];
  });
}

function compared(set: string, what: string, own: number, other: string, others: number): string {
  return `${set}: ${formatPercent(own, 1)} ${what}, ${other} has ${formatPercent(others, 1)}`;
}
