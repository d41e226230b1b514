import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Figure } from "./figures.ts";

/** By the name of the figure: how large it may be, in its unit. */
const budgetsSchema = z.record(
  z.string(),
  z.object({ most: z.number().positive(), unit: z.enum(["loop", "product", "megabytes"]) }),
);

export type Budgets = z.infer<typeof budgetsSchema>;

/** Machines differ, and other work runs beside: only a figure half as large again as its budget fails. */
export const tolerance = 1.5;
/** What a new budget leaves above the figure it is made of. */
const room = 1.2;

export const budgetsPath = join(import.meta.dirname, "budgets.json");

export function readBudgets(path = budgetsPath): Budgets {
  return budgetsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

export type Verdict = "kept" | "above" | "failed" | "without a budget";

export function verdictOf({ name, unit, value }: Figure, budgets: Budgets): Verdict {
  const budget = budgets[name];
  if (budget === undefined || budget.unit !== unit) return "without a budget";
  // Written so that a figure that is no number fails.
  if (!(value <= tolerance * budget.most)) return "failed";
  return value <= budget.most ? "kept" : "above";
}

/** Budgets made anew of these figures; those that were not measured stay. */
export function newBudgets(figures: readonly Figure[], former: Budgets): Budgets {
  const made = figures.map(({ name, unit, value }) => [name, { most: rounded(room * value), unit }] as const);
  return { ...former, ...Object.fromEntries(made) };
}

export function writeBudgets(budgets: Budgets, path = budgetsPath): void {
  const sorted = Object.fromEntries(Object.entries(budgets).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** Two digits that count: more would pretend to be exact. */
const rounded = (value: number): number => Number(value.toPrecision(2));
