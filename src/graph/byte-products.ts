import { Graph } from "./graph.ts";
import { roundedProduct } from "./operators/rounded-products.ts";
import { GraphSession } from "./session.ts";
import { writeModel } from "./write-model.ts";

const into = 64;
let known: Promise<boolean> | undefined;

/**
 * Whether this machine adds products of 8-bit numbers in full. x86 processors without instructions for
 * them (VNNI) add pairs with 16 bits, which overflow where both numbers are large; ONNX Runtime could
 * avoid that, but is then no faster than with 32-bit numbers. Found out by one product of the largest numbers.
 * With IDIOLECT_PRODUCTS=full in the environment the answer is no: under Wine the library takes instructions of newer
 * processors (AMX) that Wine does not enable.
 */
export function hasExactByteProducts(): Promise<boolean> {
  known ??= process.env["IDIOLECT_PRODUCTS"] === "full" ? Promise.resolve(false) : multiplyLargest();
  return known;
}

async function multiplyLargest(): Promise<boolean> {
  const graph = new Graph();
  const x = graph.input("x", "float32", [1, into]);
  const largest = { kind: "memory", data: new Int8Array(into).fill(127) } as const;
  const codes = graph.weight("codes", [1, into], largest, "int8");
  const turned = graph.weight("turned", [into, 1], largest, "int8");
  const y = roundedProduct(x, { codes, turned, scales: graph.constant(Float32Array.of(1), [1]) });
  const session = await GraphSession.create(writeModel(graph, { y }), { threads: 1 });
  try {
    const results = await session.run({ x: { data: new Float32Array(into).fill(127), shape: [1, into] } });
    return Math.abs(Number(results["y"]!.data[0]) / (127 * 127 * into) - 1) < 0.01;
  } finally {
    await session.release();
  }
}
