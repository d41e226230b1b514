import { OperatorClashError, UnknownOperatorError } from "./errors.ts";
import type { OperatorRule } from "./operator.ts";
import { activations } from "./operators/activations.ts";
import { arithmetic } from "./operators/arithmetic.ts";
import { attentionOperators } from "./operators/attention.ts";
import { constants } from "./operators/constants.ts";
import { functions } from "./operators/functions.ts";
import { indexing } from "./operators/indexing.ts";
import { logic } from "./operators/logic.ts";
import { matrixProducts } from "./operators/matrix-products.ts";
import { normalisation } from "./operators/normalisation.ts";
import { reductions } from "./operators/reductions.ts";
import { roundedProducts } from "./operators/rounded-products.ts";
import { views } from "./operators/views.ts";

/** Every operator that graphs may hold, kind by kind. */
const kinds = [
  arithmetic,
  functions,
  activations,
  logic,
  reductions,
  normalisation,
  matrixProducts,
  roundedProducts,
  attentionOperators,
  views,
  indexing,
  constants,
];

export const rules: ReadonlyMap<string, OperatorRule> = rulesByOperator(kinds.flat());

/** Throws OperatorClashError where two rules are for the same operator. */
export function rulesByOperator(all: readonly OperatorRule[]): ReadonlyMap<string, OperatorRule> {
  const byOperator = new Map<string, OperatorRule>();
  for (const rule of all) {
    if (byOperator.has(rule.operator)) throw new OperatorClashError(rule.operator);
    byOperator.set(rule.operator, rule);
  }
  return byOperator;
}

/** Throws UnknownOperatorError for an operator without a rule. */
export function ruleFor(operator: string): OperatorRule {
  const rule = rules.get(operator);
  if (rule === undefined) {
    throw new UnknownOperatorError(operator);
  }
  return rule;
}
