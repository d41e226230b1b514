import { describe, expect, it } from "vitest";
import { Graph } from "../../../src/graph/graph.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { type ByteTable, tableRows, type WeightSource } from "../../../src/plm/encoder/layers.ts";
import { runGraph } from "../../graph/run-graph.ts";

const [rows, size] = [50, 12];
const random = createRandom("rows of a table");
const codes = Int8Array.from({ length: rows * size }, () => Math.round(254 * random()) - 127);
const scales = Float32Array.from({ length: rows }, () => 0.001 + 0.01 * random());
const data = Float32Array.from(codes, (code, at) => code * scales[Math.floor(at / size)]!);

describe("Rows of a table", () => {
  it("are the same numbers, to the bit, from codes and from the table in full", async () => {
    const graph = new Graph();
    const numbers = graph.input("numbers", "int64", ["batch", "length"]);
    const full: WeightSource = (name, shape) =>
      graph.weight(name, shape.map(Number), { kind: "memory", data });
    const table = (name: string): ByteTable => ({
      codes: graph.weight(`${name} codes`, [rows, size], { kind: "memory", data: codes }, "int8"),
      scales: graph.weight(`${name} scales`, [rows, 1], { kind: "memory", data: scales }),
    });
    const inCodes: WeightSource = Object.assign(
      () => {
        throw new Error("The table in full is not needed.");
      },
      { table },
    );
    const outputs = {
      full: tableRows(full, "words", [rows, size], numbers),
      codes: tableRows(inCodes, "words", [rows, size], numbers),
    };
    expect(outputs.codes.type).toEqual(outputs.full.type);
    const picked = BigInt64Array.of(0n, 49n, 7n, 7n, 31n, 2n);
    const results = await runGraph(graph, outputs, { numbers: { data: picked, shape: [2, 3] } });
    expect(results["codes"]).toEqual(results["full"]);
    expect(Array.from(results["full"]!.data.slice(size, 2 * size), Number)).toEqual([
      ...data.slice(49 * size),
    ]);
  });
});
