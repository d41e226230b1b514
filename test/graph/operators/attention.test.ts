import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError, ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul } from "../../../src/graph/operators/arithmetic.ts";
import { attention, attentionOfShares } from "../../../src/graph/operators/attention.ts";
import { reduceSum } from "../../../src/graph/operators/reductions.ts";
import { expand } from "../../../src/graph/operators/views.ts";
import { int, type Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

/** A mask that hides the last place from every query; it is not learned. */
function hideLast(graph: Value["graph"], batch: number, queries: number, all: number): Value {
  const row = Float32Array.from({ length: all }, (_, at) => (at === all - 1 ? -10_000 : 0));
  const rows = Array.from({ length: batch * queries }, () => [...row]).flat();
  return graph.constant(Float32Array.from(rows), [batch, 1, queries, all]);
}

describe("Attention", () => {
  it.each(goldenCases("Attention"))("has PyTorch's values and gradients: $note", checkGolden);

  it("has the slope of its values, with as many queries as keys", async () => {
    await checkGradients(
      (q, k, v) => attention([q, k, v], 2, hideLast(q.graph, 2, 3, 3)),
      [normal(2, 3, 8), normal(2, 3, 8), normal(2, 3, 8)],
    );
  });

  it("has the slope of its values, with fewer queries than keys", async () => {
    await checkGradients(
      (q, k, v) => attention([q, k, v], 3, hideLast(q.graph, 2, 2, 5)),
      [normal(2, 2, 6), normal(2, 5, 6), normal(2, 5, 6)],
    );
  });

  it("has the slope of its values by earlier keys and values as well", async () => {
    await checkGradients(
      (q, k, v, keys, values) => attention([q, k, v], 2, hideLast(q.graph, 2, 3, 5), { keys, values }),
      [normal(2, 3, 8), normal(2, 3, 8), normal(2, 3, 8), normal(2, 2, 2, 4), normal(2, 2, 2, 4)],
    );
  });

  it("has the same slope where only the earlier ones are learned", async () => {
    await checkGradients(
      (keys, values) => {
        const { graph } = keys;
        const numbers = Float32Array.from({ length: 48 }, (_, at) => Math.sin(at));
        const x = graph.constant(numbers, [2, 3, 8]);
        return attention([x, x, x], 2, hideLast(graph, 2, 3, 5), { keys, values });
      },
      [normal(2, 2, 2, 4), normal(2, 2, 2, 4)],
    );
  });

  it("holds for every batch and length", async () => {
    await checkGradients(
      (q, k, v, keys, values) => {
        const nothing = q.graph.constant(new Float32Array(1), [1, 1, 1, 1]);
        const open = expand(nothing, ["batch", 1, "length", "length+2"]);
        return attention([q, k, v], 2, open, { keys, values });
      },
      [
        normal("batch", "length", 4),
        normal("batch", "length", 4),
        normal("batch", "length", 4),
        normal("batch", 2, 2, 2),
        normal("batch", 2, 2, 2),
      ],
      [
        { batch: 1, length: 4 },
        { batch: 3, length: 2 },
      ],
    );
  });

  it("computes no more than the earlier columns where only these are learned", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", "length", 8]);
    const keys = graph.input("keys", "float32", ["batch", 2, 2, 4]);
    const mask = graph.input("mask", "float32", ["batch", 1, "length", "length+2"]);
    const output = attention([x, x, x], 2, mask, { keys, values: keys });
    const before = graph.nodes.length;
    differentiate(graph, reduceSum(output, [0, 1, 2]), [keys]);
    const wide = graph.nodes
      .slice(before)
      .filter(({ operator }) => operator !== "Reshape")
      .flatMap(({ outputs }) => outputs.map(({ type }) => type.shape.at(-1)));
    expect(wide).not.toContain("length+2");
  });

  it("gives no gradient through its mask, rather than a wrong one", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [1, 2, 4]);
    const mask = graph.input("mask", "float32", [1, 1, 2, 2]);
    const loss = reduceSum(attention([x, x, x], 2, mask), [0, 1, 2]);
    expect(() => differentiate(graph, loss, [mask])).toThrow(NotDifferentiableError);
  });

  it("refuses heads that do not divide, lengths that do not meet, and other outputs", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3, 8]);
    const mask = graph.input("mask", "float32", [2, 1, 3, 3]);
    expect(() => attention([x, x, x], 3, mask)).toThrow(ShapeError);
    expect(() => attention([x, graph.input("short", "float32", [2, 2, 8]), x], 2, mask)).toThrow(ShapeError);
    const keys = graph.input("keys", "float32", [2, 2, 1, 4]);
    expect(() => attention([x, x, x], 2, mask, { keys, values: keys })).toThrow(ShapeError);
    const heads = { q_num_heads: int(2), kv_num_heads: int(2) };
    expect(() => graph.node("Attention", [x, x, x, mask], heads)).toThrow(ShapeError);
  });
});

describe("attention whose shares can be changed", () => {
  /** Three places of two sequences, and two earlier keys and values by heads. */
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => Math.sin(1 + 3 * at));
  const feeds = {
    q: floats(numbers(48), [2, 3, 8]),
    k: floats(numbers(48).toReversed(), [2, 3, 8]),
    v: floats(numbers(49).slice(1), [2, 3, 8]),
    earlier: floats(numbers(32), [2, 2, 2, 4]),
  };

  async function read(hasPast: boolean, change: (shares: Value) => Value) {
    const graph = new Graph();
    const [q, k, v] = ["q", "k", "v"].map((name) => graph.input(name, "float32", [2, 3, 8]));
    const earlier = graph.input("earlier", "float32", [2, 2, 2, 4]);
    const past = hasPast ? { keys: earlier, values: earlier } : undefined;
    const mask = hideLast(graph, 2, 3, hasPast ? 5 : 3);
    return runGraph(
      graph,
      {
        whole: attention([q!, k!, v!], 2, mask, past),
        changed: attentionOfShares([q!, k!, v!], 2, mask, change, past),
      },
      feeds,
    );
  }

  it.each([false, true])(
    "is attention where they stay as they are; with earlier keys: %s",
    async (hasPast) => {
      const { whole, changed } = await read(hasPast, (shares) => shares);
      expect(changed!.shape).toEqual(whole!.shape);
      for (const [at, number] of whole!.data.entries())
        expect(changed!.data[at]).toBeCloseTo(Number(number), 5);
    },
  );

  it("weighs the values by what they are changed to", async () => {
    const { whole, changed } = await read(true, (shares) => mul(shares, 0.5));
    for (const [at, number] of whole!.data.entries()) {
      expect(changed!.data[at]).toBeCloseTo(Number(number) / 2, 5);
    }
  });

  it("has the slope of its values by all but the mask, with shares that are left out", async () => {
    const kept = Float32Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? 0 : 1.5));
    await checkGradients(
      (q, k, v, keys, values) => {
        const leaveOut = (shares: Value): Value => mul(shares, q.graph.constant(kept, [2, 2, 3, 5]));
        return attentionOfShares([q, k, v], 2, hideLast(q.graph, 2, 3, 5), leaveOut, { keys, values });
      },
      [normal(2, 3, 8), normal(2, 3, 8), normal(2, 3, 8), normal(2, 2, 2, 4), normal(2, 2, 2, 4)],
    );
  });
});
