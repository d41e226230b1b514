import { UnknownOperatorError } from "./errors.ts";
import type { OperatorRule } from "./rule.ts";
import { absRule } from "./rules/abs.ts";
import { addRule } from "./rules/add.ts";
import { argMaxRule } from "./rules/arg-max.ts";
import { attentionRule } from "./rules/attention.ts";
import { castRule } from "./rules/cast.ts";
import { clipRule } from "./rules/clip.ts";
import { concatRule } from "./rules/concat.ts";
import { constantOfShapeRule } from "./rules/constant-of-shape.ts";
import { divRule } from "./rules/div.ts";
import { dynamicQuantizeMatMulRule } from "./rules/dynamic-quantize-mat-mul.ts";
import { equalRule } from "./rules/equal.ts";
import { erfRule } from "./rules/erf.ts";
import { expRule } from "./rules/exp.ts";
import { expandRule } from "./rules/expand.ts";
import { gatherRule } from "./rules/gather.ts";
import { gatherElementsRule } from "./rules/gather-elements.ts";
import { geluRule } from "./rules/gelu.ts";
import { gemmRule } from "./rules/gemm.ts";
import { greaterRule } from "./rules/greater.ts";
import { hardSigmoidRule } from "./rules/hard-sigmoid.ts";
import { identityRule } from "./rules/identity.ts";
import { layerNormalizationRule } from "./rules/layer-normalization.ts";
import { logRule } from "./rules/log.ts";
import { logSoftmaxRule } from "./rules/log-softmax.ts";
import { matMulRule } from "./rules/mat-mul.ts";
import { mulRule } from "./rules/mul.ts";
import { negRule } from "./rules/neg.ts";
import { notRule } from "./rules/not.ts";
import { orRule } from "./rules/or.ts";
import { powRule } from "./rules/pow.ts";
import { rangeRule } from "./rules/range.ts";
import { reduceMeanRule } from "./rules/reduce-mean.ts";
import { reduceSumRule } from "./rules/reduce-sum.ts";
import { reluRule } from "./rules/relu.ts";
import { reshapeRule } from "./rules/reshape.ts";
import { scatterElementsRule } from "./rules/scatter-elements.ts";
import { shapeRule } from "./rules/shape.ts";
import { sigmoidRule } from "./rules/sigmoid.ts";
import { signRule } from "./rules/sign.ts";
import { sliceRule } from "./rules/slice.ts";
import { softmaxRule } from "./rules/softmax.ts";
import { softplusRule } from "./rules/softplus.ts";
import { sqrtRule } from "./rules/sqrt.ts";
import { squeezeRule } from "./rules/squeeze.ts";
import { subRule } from "./rules/sub.ts";
import { tanhRule } from "./rules/tanh.ts";
import { transposeRule } from "./rules/transpose.ts";
import { unsqueezeRule } from "./rules/unsqueeze.ts";
import { whereRule } from "./rules/where.ts";

/** Every operator that graphs may hold, in order of the alphabet. */
export const rules: readonly OperatorRule[] = [
  absRule,
  addRule,
  argMaxRule,
  attentionRule,
  castRule,
  clipRule,
  concatRule,
  constantOfShapeRule,
  divRule,
  dynamicQuantizeMatMulRule,
  equalRule,
  erfRule,
  expRule,
  expandRule,
  gatherRule,
  gatherElementsRule,
  geluRule,
  gemmRule,
  greaterRule,
  hardSigmoidRule,
  identityRule,
  layerNormalizationRule,
  logRule,
  logSoftmaxRule,
  matMulRule,
  mulRule,
  negRule,
  notRule,
  orRule,
  powRule,
  rangeRule,
  reduceMeanRule,
  reduceSumRule,
  reluRule,
  reshapeRule,
  scatterElementsRule,
  shapeRule,
  sigmoidRule,
  signRule,
  sliceRule,
  softmaxRule,
  softplusRule,
  sqrtRule,
  squeezeRule,
  subRule,
  tanhRule,
  transposeRule,
  unsqueezeRule,
  whereRule,
];

const byOperator = new Map(rules.map((rule) => [rule.operator, rule]));

/** Throws UnknownOperatorError for an operator without a rule. */
export function ruleFor(operator: string): OperatorRule {
  const rule = byOperator.get(operator);
  if (rule === undefined) {
    throw new UnknownOperatorError(operator);
  }
  return rule;
}
