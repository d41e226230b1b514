import { matMul, mul, reduceSum, reshape, slice, sub, transpose, transposeMatrix } from "./operations.ts";
import type { BackwardStep } from "./rule.ts";
import { intOf, type Value } from "./value.ts";

type Gradients = Readonly<Record<"query" | "key" | "value" | "pastKey" | "pastValue", () => Value>>;

/**
 * With the shares A = softmax(S), S = Q·Kᵀ/√dh + mask and Y = A·V, head by head:
 * dV = Aᵀ·dY,  dS = A ∘ (dY·Vᵀ − δ) with δ = Σ dY∘Y over a head,  dQ = dS·K/√dh,  dK = dSᵀ·Q/√dh.
 * That δ = Σ dA∘A over the row without ever reading a [.., Q, L] array is from FlashAttention (Dao et
 * al. 2022, arXiv 2205.14135, appendix B.2). Where only what comes before the sequence is wanted, as in
 * the lowest layer with prompts, only its p columns are computed.
 */
export function attentionGradients(step: BackwardStep): Gradients {
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
  return x.graph.node("Reshape", [x, x.graph.runtimeShape(shape)], {}, [x.type])[0]!;
}
