import { describe, expect, it } from "vitest";
import { sparedRounding } from "../../../src/plm/encoder/spared-rounding.ts";

const size = 96;
const config = { hidden_act: "gelu", hidden_size: size, embedding_size: size } as const;

/** Layer normalisations of weight 1 and bias 0, but for some columns. */
function norms(changed: Readonly<Record<string, Readonly<Record<number, number>>>>) {
  return (tensor: string): Float32Array => {
    expect(tensor).toMatch(/LayerNorm\.(weight|bias)$/);
    const values = new Float32Array(size).fill(tensor.endsWith("weight") ? 1 : 0);
    for (const [column, value] of Object.entries(changed[tensor] ?? {})) values[Number(column)] = value;
    return values;
  };
}

describe("what spares an encoder's products", () => {
  const values = norms({
    "embeddings.LayerNorm.bias": { 3: -2, 50: 1 },
    "encoder.layer.0.attention.output.LayerNorm.weight": { 7: 4 },
    "encoder.layer.0.attention.output.LayerNorm.bias": { 9: -3, 11: 0.1 },
    "encoder.layer.1.attention.output.LayerNorm.weight": { 20: 2, 21: -2.5 },
  });
  const columnsOf = (matrix: string) => sparedRounding(config, matrix, values).fullColumns;

  it("are the columns that stand out after attention, for the wider layer of the same block", () => {
    expect(columnsOf("encoder.layer.0.intermediate.dense.weight")).toEqual([7, 9]);
    expect(columnsOf("encoder.layer.1.intermediate.dense.weight")).toEqual([20, 21]);
  });

  it("are those of the block before for queries, keys and values, in the first those of the embeddings", () => {
    for (const part of ["query", "key", "value"]) {
      expect(columnsOf(`encoder.layer.0.attention.self.${part}.weight`)).toEqual([3, 50]);
      expect(columnsOf(`encoder.layer.1.attention.self.${part}.weight`)).toEqual([7, 9]);
    }
  });

  it("is nothing in the first block where embeddings are widened before it", () => {
    const narrow = { ...config, embedding_size: size / 2 };
    const query = "attention.self.query.weight";
    expect(sparedRounding(narrow, `encoder.layer.0.${query}`, values).fullColumns).toEqual([]);
    expect(sparedRounding(narrow, `encoder.layer.1.${query}`, values).fullColumns).toEqual([7, 9]);
  });

  it("is the activation's least number for what comes from it", () => {
    const leastOf = (hidden_act: "gelu" | "gelu_new" | "relu") =>
      sparedRounding({ ...config, hidden_act }, "encoder.layer.1.output.dense.weight", values);
    expect(leastOf("relu")).toEqual({ fullColumns: [], least: 0 });
    for (const activation of ["gelu", "gelu_new"] as const) {
      const { least } = leastOf(activation);
      expect(least).toBeLessThan(-0.17004);
      expect(least).toBeGreaterThan(-0.171);
    }
  });

  it("is nothing for what attention brings together", () => {
    expect(sparedRounding(config, "encoder.layer.1.attention.output.dense.weight", values)).toEqual({
      fullColumns: [],
    });
  });
});
