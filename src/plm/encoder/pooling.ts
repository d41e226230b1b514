import { add, div, mul } from "../../graph/operators/arithmetic.ts";
import { sqrt } from "../../graph/operators/functions.ts";
import { concat, slice } from "../../graph/operators/indexing.ts";
import { reduceSum } from "../../graph/operators/reductions.ts";
import { reshape, unsqueeze } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import type { EncoderInputs } from "./encoder-inputs.ts";

/** Mean of the hidden states of real tokens; [batch·length, d] to [batch, d]. */
export function meanPool(rows: Value, { ids, mask }: EncoderInputs): Value {
  const [batch, length] = ids.type.shape;
  const d = rows.type.shape[1]!;
  const states = reshape(rows, [batch!, length!, d]);
  const sum = reduceSum(mul(states, unsqueeze(mask, [2])), [1]);
  return div(sum, reduceSum(mask, [1], true));
}

/** Hidden state of the first token, [CLS]; [batch·length, d] to [batch, d]. */
export function firstToken(rows: Value, { ids }: EncoderInputs): Value {
  const [batch, length] = ids.type.shape;
  const d = rows.type.shape[1]!;
  return reshape(slice(reshape(rows, [batch!, length!, d]), 1, 0, 1), [batch!, d]);
}

/** [CLS] state beside the mean of all states, [batch, 2d]: what heads that read a whole text look at. */
export function pooledStates(rows: Value, inputs: EncoderInputs): Value {
  return concat([firstToken(rows, inputs), meanPool(rows, inputs)], 1);
}

/** Rows scaled to Euclidean length 1. */
export function unitRows(rows: Value): Value {
  return div(rows, sqrt(add(reduceSum(mul(rows, rows), [-1], true), 1e-12)));
}
