import { Graph } from "./graph.ts";
import { runtimeKind } from "./onnx-runtime.ts";
import { type LargestCode, readingProduct } from "./operators/rounded-products.ts";
import { GraphSession } from "./session.ts";
import { writeModel } from "./write-model.ts";

const into = 64;
const candidates: readonly LargestCode[] = [255, 129];
let known: Promise<LargestCode | undefined> | undefined;

/**
 * How far codes may go for this machine to add products of 8-bit numbers in full; undefined where it is not to multiply
 * in 8 bits. x86 processors without instructions for them (VNNI) add pairs with 16 bits, which overflow where all numbers are
 * large; ONNX Runtime could avoid that, but is then no faster than with 32-bit numbers. Found out by products of the largest
 * numbers. With IDIOLECT_PRODUCTS=full in the environment there are none: under Wine the library takes instructions of newer
 * processors (AMX) that Wine does not enable. Nor are there in WebAssembly: what it makes of them has not been measured.
 */
export function largestExactCode(): Promise<LargestCode | undefined> {
  known ??=
    process.env["IDIOLECT_PRODUCTS"] === "full" || runtimeKind() === "wasm"
      ? Promise.resolve(undefined)
      : findLargestCode();
  return known;
}

async function findLargestCode(): Promise<LargestCode | undefined> {
  for (const code of candidates) if (await isExact(code)) return code;
  return undefined;
}

async function isExact(largestCode: LargestCode): Promise<boolean> {
  const graph = new Graph();
  const x = graph.input("x", "float32", [1, into]);
  const largest = { kind: "memory", data: new Int8Array(into).fill(127) } as const;
  const codes = graph.weight("codes", [1, into], largest, "int8");
  const turned = graph.weight("turned", [into, 1], largest, "int8");
  const [scales, bias] = [graph.constant(Float32Array.of(1), [1]), graph.constant(Float32Array.of(0), [1])];
  const matrix = { codes, turned, scales, largestCode };
  const y = readingProduct(x, matrix, bias, { fullColumns: [], least: 0 });
  const session = await GraphSession.create(writeModel(graph, { y }), { threads: 1 });
  try {
    const results = await session.run({ x: { data: new Float32Array(into).fill(127), shape: [1, into] } });
    return Math.abs(Number(results["y"]!.data[0]) / (127 * 127 * into) - 1) < 0.01;
  } finally {
    await session.release();
  }
}
