import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { Products } from "./contestant.ts";

/** One run of one operator, from ONNX Runtime's profile. */
export interface OperatorRun {
  readonly operator: string;
  readonly milliseconds: number;
  /** Multiplications and additions in matrix products; 0 for an operator without. */
  readonly operations: number;
}

/** What an operator does with matrices: a product in full or in 8 bits, products with other work between, or none. */
export type ProductKind = Products | "within" | "none";

export interface OperatorProfile {
  /** One list for each run of the model, first to last. */
  readonly runs: readonly (readonly OperatorRun[])[];
  /** Of each run of the model as a whole. */
  readonly runMs: readonly number[];
}

/** Shapes by element type, one object for each tensor: `[{ "float": [16, 384] }, …]`. */
const shapesSchema = z.array(z.record(z.string(), z.array(z.number())));

const eventSchema = z.object({
  cat: z.string(),
  name: z.string(),
  dur: z.number(),
  args: z
    .object({
      op_name: z.string().optional(),
      input_type_shape: shapesSchema.optional(),
      output_type_shape: shapesSchema.optional(),
    })
    .optional(),
});

/** Reads the profile that a session with this prefix left when it was released. */
export async function readProfile(prefix: string): Promise<OperatorProfile> {
  const folder = dirname(prefix);
  const name = (await readdir(folder)).find(
    (file) => file.startsWith(basename(prefix)) && file.endsWith(".json"),
  );
  const events = z.array(eventSchema).parse(JSON.parse(await readFile(join(folder, name ?? ""), "utf8")));
  const runs: OperatorRun[][] = [];
  const runMs: number[] = [];
  let open: OperatorRun[] = [];
  for (const { cat, name: event, dur, args } of events) {
    if (cat === "Node" && event.endsWith("_kernel_time")) {
      open.push({
        operator: args?.op_name ?? "unknown",
        milliseconds: dur / 1000,
        operations: operationsOf(args?.op_name ?? "", args?.input_type_shape, args?.output_type_shape),
      });
    } else if (cat === "Session" && event === "model_run") {
      runs.push(open);
      runMs.push(dur / 1000);
      open = [];
    }
  }
  return { runs, runMs };
}

type Shapes = z.infer<typeof shapesSchema>;

function operationsOf(operator: string, inputs: Shapes | undefined, outputs: Shapes | undefined): number {
  const kind = productKind(operator);
  switch (kind) {
    case "full":
    case "rounded":
      return productOperations(inputs, outputs);
    case "within":
      return attentionOperations(inputs, outputs);
    case "none":
      return 0;
    default:
      return kind satisfies never;
  }
}

/** Scores of all keys for each query and the sum of values by them, 2·2·B·Q·L·d; L from the keys of all heads [B, h, L, dh]. */
function attentionOperations(inputs: Shapes | undefined, outputs: Shapes | undefined): number {
  const shapeOf = (shapes: Shapes | undefined, at: number) => Object.values(shapes?.[at] ?? {})[0] ?? [];
  const keys = shapeOf(outputs, 1)[2] ?? shapeOf(inputs, 1)[1] ?? 0;
  return 4 * size(shapeOf(inputs, 0)) * keys;
}

/**
 * 2·M·K·N for each of b matrices. K is found whatever is transposed: with A [M, K], B [K, N] and Y [M, N],
 * |A|·|B| / |Y| = K². A two-dimensional B is shared by all rows of A, so b = 1 then. A constant weight that
 * was packed for the product is not among the profile's inputs; A is never transposed there.
 */
function productOperations(inputs: Shapes | undefined, outputs: Shapes | undefined): number {
  const [a, b] = [inputs?.[0], inputs?.[1]].map((tensor) => Object.values(tensor ?? {})[0] ?? []);
  const y = Object.values(outputs?.[0] ?? {})[0] ?? [];
  const isPacked = b!.length < 2;
  const matrices = b!.length > 2 ? size(y.slice(0, -2)) : 1;
  const k = isPacked ? a!.at(-1)! : Math.sqrt((size(a!) * size(b!)) / size(y) / matrices);
  return 2 * size(y) * k;
}

export function productKind(operator: string): ProductKind {
  if (operator === "Attention") return "within";
  if (/Quantize.*MatMul|MatMulInteger/.test(operator)) return "rounded";
  return /MatMul|Gemm/.test(operator) ? "full" : "none";
}

const size = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);
