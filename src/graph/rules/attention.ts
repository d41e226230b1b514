import { attentionGradients } from "../attention-gradients.ts";
import { addDimensions } from "../dimension.ts";
import { NotDifferentiableError, ShapeError } from "../errors.ts";
import type { OperatorRule } from "../rule.ts";
import { intOf } from "../value.ts";

/**
 * Softmax(Q·Kᵀ/√dh + mask)·V over h heads of size dh (Vaswani et al. 2017), with Q [B, Q, h·dh], K and V
 * [B, S, h·dh], mask [B, 1, Q, L], and p keys and values that come before these, already by heads
 * [B, h, p, dh]; L = p + S. Outputs: [B, Q, h·dh], all keys and all values [B, h, L, dh], and the shares
 * of attention [B, h, Q, L].
 */
export const attentionRule: OperatorRule = {
  operator: "Attention",
  infer: ([query, key, value, mask, pastKey, pastValue], attributes) => {
    const [q, k, v] = [query, key, value].map((input) => input!.type.shape);
    const heads = intOf(attributes, "q_num_heads", 0);
    const [batch, queries, d] = q!;
    const isKnown =
      heads > 0 && Number(d) % heads === 0 && heads === intOf(attributes, "kv_num_heads", heads);
    if (!isKnown || intOf(attributes, "qk_matmul_output_mode", 0) !== 3) {
      throw new ShapeError("Attention", [q!, k!], "its rule knows as many heads for keys as for queries.");
    }
    const past = pastKey?.type.shape[2] ?? 0;
    const all = addDimensions(past, k![1]!);
    const expected = [
      [batch, k![1], d],
      [batch, k![1], d],
      [batch, 1, queries, all],
    ];
    const perHead = [batch!, heads, past, Number(d) / heads];
    const given = [k, v, mask?.type.shape, pastKey?.type.shape, pastValue?.type.shape];
    const wanted = [...expected, ...(pastKey === undefined ? [undefined, undefined] : [perHead, perHead])];
    if (given.some((shape, at) => JSON.stringify(shape) !== JSON.stringify(wanted[at]))) {
      const shapes = given.filter((shape) => shape !== undefined);
      throw new ShapeError("Attention", [q!, ...shapes], "batch, length and heads must agree.");
    }
    const elementType = query!.type.elementType;
    const kept = { elementType, shape: perHead.with(2, all) };
    const shares = { elementType, shape: [batch!, heads, queries!, all] };
    return [{ elementType, shape: q! }, kept, kept, shares];
  },
  // ONNX Runtime 1.30 joins earlier keys and values to the others in these outputs.
  leastOutputs: (inputs) => (inputs[4] === undefined ? 1 : 3),
  gradient: {
    kind: "rule",
    keeps: { inputs: [0, 5], outputs: [0, 1, 2, 3] },
    backward: (step) => {
      const { query, key, value, pastKey, pastValue } = attentionGradients(step);
      const mask = (): never => {
        throw new NotDifferentiableError("Attention", step.node.name, 3, "the mask is not learned.");
      };
      return [query, key, value, mask, pastKey, pastValue];
    },
  },
};
