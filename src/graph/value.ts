import type { Shape } from "./dimension.ts";

export type ElementType = "float32" | "int8" | "uint8" | "int32" | "int64" | "bool";

export interface TensorType {
  readonly elementType: ElementType;
  readonly shape: Shape;
}

/** An attribute of a node, with the ONNX kind it is written as. */
export type Attribute =
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "text"; readonly value: string };

export type Attributes = Readonly<Record<string, Attribute>>;

/** One operation of a graph. A missing optional input is `undefined`. */
export interface Node {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

/** Data of a constant: row-major, as long as the product of its shape. */
export type ConstantData = Float32Array | Uint8Array | Int32Array | BigInt64Array;

/** Where a weight's numbers lie: in memory, or in a file beside the model (little-endian). */
export type WeightData =
  | { readonly kind: "memory"; readonly data: Float32Array | Int8Array }
  | {
      readonly kind: "file";
      readonly location: string;
      readonly offsetBytes: number;
      readonly lengthBytes: number;
    };

export type Origin =
  | { readonly kind: "input" }
  | { readonly kind: "constant"; readonly data: ConstantData }
  | { readonly kind: "weight"; readonly data: WeightData }
  | { readonly kind: "node"; readonly node: Node };

/** What operations need of the graph that they add to. */
export interface GraphScope {
  node(
    operator: string,
    inputs: readonly (Value | undefined)[],
    attributes?: Attributes,
    declared?: readonly TensorType[],
  ): readonly Value[];
  constant(data: ConstantData, shape: readonly number[]): Value;
  scalar(number: number): Value;
  integers(numbers: readonly number[]): Value;
  runtimeShape(shape: Shape): Value;
}

/** A tensor in a graph: what it is called, its type, and where it comes from. */
export interface Value {
  readonly graph: GraphScope;
  readonly name: string;
  readonly type: TensorType;
  readonly origin: Origin;
}

export const int = (value: number): Attribute => ({ kind: "int", value });
export const ints = (value: readonly number[]): Attribute => ({ kind: "ints", value });
export const float = (value: number): Attribute => ({ kind: "float", value });
export const text = (value: string): Attribute => ({ kind: "text", value });

/** The integer of an attribute, or the given default where it is absent. */
export function intOf(attributes: Attributes, name: string, otherwise: number): number {
  const attribute = attributes[name];
  return attribute?.kind === "int" ? attribute.value : otherwise;
}

export function intsOf(
  attributes: Attributes,
  name: string,
  otherwise: readonly number[],
): readonly number[] {
  const attribute = attributes[name];
  return attribute?.kind === "ints" ? attribute.value : otherwise;
}

export function floatOf(attributes: Attributes, name: string, otherwise: number): number {
  const attribute = attributes[name];
  return attribute?.kind === "float" ? attribute.value : otherwise;
}
