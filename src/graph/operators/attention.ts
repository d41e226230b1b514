import { addDimensions } from "../dimension.ts";
import { NotDifferentiableError, ShapeError } from "../errors.ts";
import { applyOperator, type BackwardStep, type OperatorRule, rule } from "../operator.ts";
import { int, intOf, type Value } from "../value.ts";
import { add, mul, sub } from "./arithmetic.ts";
import { concat, slice } from "./indexing.ts";
import { matMul } from "./matrix-products.ts";
import { softmax } from "./normalisation.ts";
import { reduceSum } from "./reductions.ts";
import { reshape, transpose, transposeMatrix } from "./views.ts";

/** What attention takes besides queries, keys and values: [B, h, p, dh] each. */
export interface PastKeysAndValues {
  readonly keys: Value;
  readonly values: Value;
}

/**
 * Scaled dot-product attention of queries [B, Q, h·dh] to keys and values [B, S, h·dh], which p further
 * ones may precede; mask [B, 1, Q, p+S] is added to the scores. [B, Q, h·dh].
 */
export function attention(
  [queries, keys, values]: readonly [Value, Value, Value],
  heads: number,
  mask: Value,
  past?: PastKeysAndValues,
): Value {
  const inputs = [queries, keys, values, mask, ...(past === undefined ? [] : [past.keys, past.values])];
  const attributes = { q_num_heads: int(heads), kv_num_heads: int(heads), qk_matmul_output_mode: int(3) };
  return applyOperator("Attention", inputs, attributes);
}

/**
 * As {@link attention}, with `change` of the shares of attention [B, h, Q, p+S], softmax(Q·Kᵀ/√dh + mask), before they weigh
 * the values. It is several operators, each with a pass over the shares, where attention is one.
 */
export function attentionOfShares(
  [queries, keys, values]: readonly [Value, Value, Value],
  heads: number,
  mask: Value,
  change: (shares: Value) => Value,
  past?: PastKeysAndValues,
): Value {
  const [batch, , d] = queries.type.shape;
  const size = Number(d) / heads;
  const byHead = (x: Value): Value =>
    transpose(reshape(x, [batch!, x.type.shape[1]!, heads, size]), [0, 2, 1, 3]); // [B, h, ·, dh]
  const after = (earlier: Value | undefined, x: Value): Value =>
    earlier === undefined ? byHead(x) : concat([earlier, byHead(x)], 2);
  const scaled = mul(byHead(queries), 1 / Math.sqrt(size));
  const scores = matMul(scaled, transposeMatrix(after(past?.keys, keys))); // [B, h, Q, p+S]
  const read = matMul(change(softmax(add(scores, mask))), after(past?.values, values)); // [B, h, Q, dh]
  return reshape(transpose(read, [0, 2, 1, 3]), queries.type.shape);
}

/**
 * Softmax(Q·Kᵀ/√dh + mask)·V over h heads of size dh (Vaswani et al. 2017), with Q [B, Q, h·dh], K and V
 * [B, S, h·dh], mask [B, 1, Q, L], and p keys and values that come before these, already by heads
 * [B, h, p, dh]; L = p + S. Outputs: [B, Q, h·dh], all keys and all values [B, h, L, dh], and the shares
 * of attention [B, h, Q, L].
 */
const attentionRule: OperatorRule = {
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
  gradient: rule({ inputs: [0, 5], outputs: [0, 1, 2, 3] }, (step) => {
    const { query, key, value, pastKey, pastValue } = gradientsOf(step);
    const mask = (): never => {
      throw new NotDifferentiableError("Attention", step.node.name, 3, "the mask is not learned.");
    };
    return [query, key, value, mask, pastKey, pastValue];
  }),
};

type Gradients = Readonly<Record<"query" | "key" | "value" | "pastKey" | "pastValue", () => Value>>;

/**
 * With the shares A = softmax(S), S = Q·Kᵀ/√dh + mask and Y = A·V, head by head:
 * dV = Aᵀ·dY,  dS = A ∘ (dY·Vᵀ − δ) with δ = Σ dY∘Y over a head,  dQ = dS·K/√dh,  dK = dSᵀ·Q/√dh.
 * That δ = Σ dA∘A over the row without ever reading a [.., Q, L] array is from FlashAttention (Dao et
 * al. 2022, arXiv 2205.14135, appendix B.2). Where only what comes before the sequence is wanted, as in
 * the lowest layer with prompts, only its p columns are computed.
 */
function gradientsOf(step: BackwardStep): Gradients {
  const { upstream, attributes, inputType } = step;
  const heads = intOf(attributes, "q_num_heads", 0);
  const [batch, queries, d] = inputType(0).shape;
  const past = Number(step.node.inputs[4]?.type.shape[2] ?? 0);
  const isPastOnly = ![0, 1, 2].some((index) => step.isWanted(index));
  const scale = 1 / Math.sqrt(Number(d) / heads);
  const byHead = (x: Value): Value =>
    transpose(reshape(x, [batch!, x.type.shape[1]!, heads, Number(d) / heads]), [0, 2, 1, 3]);
  const joined = (x: Value, index: number): Value =>
    reshape(transpose(x, [0, 2, 1, 3]), inputType(index).shape);

  const shares = () => (isPastOnly ? slice(stated(step.output(3)), 3, 0, past) : stated(step.output(3)));
  const values = () => (isPastOnly ? step.input(5) : stated(step.output(2)));
  const perHead = [batch!, queries!, heads, Number(d) / heads];
  const delta = () =>
    transpose(reduceSum(reshape(mul(upstream, step.output(0)), perHead), [-1], true), [0, 2, 1, 3]);
  const scores = () => mul(shares(), sub(matMul(byHead(upstream), transposeMatrix(values())), delta()));
  const keyGradient = () => mul(matMul(transposeMatrix(scores()), byHead(step.input(0))), scale);
  const valueGradient = () => matMul(transposeMatrix(shares()), byHead(upstream));
  const front = (x: Value): Value => (isPastOnly ? x : slice(x, 2, 0, past));
  const rest = (x: Value): Value => (past === 0 ? x : slice(x, 2, past));
  return {
    query: () => joined(mul(matMul(scores(), stated(step.output(1))), scale), 0),
    key: () => joined(rest(keyGradient()), 1),
    value: () => joined(rest(valueGradient()), 2),
    pastKey: () => front(keyGradient()),
    pastValue: () => front(valueGradient()),
  };
}

/**
 * The same numbers with a shape that is found at run time. The shape inference of ONNX takes unknown
 * lengths for 0 in the further outputs of Attention, and then refuses what is computed from them.
 */
function stated(x: Value): Value {
  const { shape } = x.type;
  return applyOperator("Reshape", [x, x.graph.runtimeShape(shape)], {}, x.type);
}

export const attentionOperators: readonly OperatorRule[] = [attentionRule];
