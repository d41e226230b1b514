import type { Dimension, Shape } from "./dimension.ts";
import { staticSize, termsOf } from "./dimension.ts";
import { ShapeError } from "./errors.ts";
import { ruleFor } from "./rules.ts";
import type {
  Attributes,
  ConstantData,
  ElementType,
  GraphScope,
  Node,
  Origin,
  TensorType,
  Value,
  WeightData,
} from "./value.ts";
import { int } from "./value.ts";

/** Constants up to this many numbers are compared with earlier ones and shared. */
const sharedConstantLength = 64;
const weightBytes = { float32: 4, int8: 1 } as const;

/**
 * An ONNX graph under construction. Every value has a type as soon as it is made: shapes are inferred
 * operator by operator, with unknown dimensions (batch, length) carried as names. Nodes that repeat
 * an earlier one (same operator, inputs and attributes) are that earlier node, so forward and backward
 * passes share what they have in common. Nothing is ever removed; what no output needs is left out when
 * the graph is written.
 */
export class Graph implements GraphScope {
  readonly #inputs: Value[] = [];
  readonly #nodes: Node[] = [];
  readonly #known = new Map<string, readonly Value[]>();
  readonly #names = new Map<string, number>();
  readonly #constants = new Map<string, Value>();
  /** The first input axis that shows an unknown dimension by itself. */
  readonly #symbols = new Map<string, { readonly input: Value; readonly axis: number }>();

  get inputs(): readonly Value[] {
    return this.#inputs;
  }

  /** In the order of construction, which is a topological order. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  input(name: string, elementType: ElementType, shape: Shape): Value {
    const value = this.#value(this.#unique(name), { elementType, shape }, { kind: "input" });
    this.#inputs.push(value);
    for (const [axis, dimension] of shape.entries()) {
      if (typeof dimension === "string" && !this.#symbols.has(dimension)) {
        this.#symbols.set(dimension, { input: value, axis });
      }
    }
    return value;
  }

  /** A frozen tensor that is part of the model. */
  weight(
    name: string,
    shape: readonly number[],
    data: WeightData,
    elementType: "float32" | "int8" = "float32",
  ): Value {
    const elements = staticSize(shape) ?? 0;
    const given = data.kind === "memory" ? data.data.length : data.lengthBytes / weightBytes[elementType];
    if (given !== elements) {
      throw new ShapeError(`Weight ${name}`, [shape], `${elements} numbers expected, ${given} given.`);
    }
    return this.#value(this.#unique(name), { elementType, shape }, { kind: "weight", data });
  }

  constant(data: ConstantData, shape: readonly number[]): Value {
    if (data.length !== staticSize(shape)) {
      throw new ShapeError("Constant", [shape], `${data.length} numbers do not fill it.`);
    }
    const key = data.length <= sharedConstantLength ? constantKey(data, shape) : undefined;
    const known = key === undefined ? undefined : this.#constants.get(key);
    if (known !== undefined) {
      return known;
    }
    const type = { elementType: elementTypeOf(data), shape };
    const value = this.#value(this.#unique("constant"), type, { kind: "constant", data });
    if (key !== undefined) {
      this.#constants.set(key, value);
    }
    return value;
  }

  scalar(number: number): Value {
    return this.constant(Float32Array.of(number), []);
  }

  integers(numbers: readonly number[]): Value {
    return this.constant(BigInt64Array.from(numbers, BigInt), [numbers.length]);
  }

  /**
   * Adds an operation and returns its outputs. `declared` gives the output types where they do not
   * follow from the inputs (Reshape, Expand: the target is data, not type).
   */
  node(
    operator: string,
    inputs: readonly (Value | undefined)[],
    attributes: Attributes = {},
    declared?: readonly TensorType[],
  ): readonly Value[] {
    const key = JSON.stringify([operator, inputs.map((input) => input?.name), attributes]);
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const types = declared ?? ruleFor(operator).infer(inputs, attributes, operator);
    const name = this.#unique(operator);
    const outputs: Value[] = [];
    const node: Node = { name, operator, inputs, attributes, outputs };
    for (const [index, type] of types.entries()) {
      const outputName = types.length === 1 ? name : `${name}:${index}`;
      outputs.push(this.#value(outputName, type, { kind: "node", node }));
    }
    this.#nodes.push(node);
    this.#known.set(key, outputs);
    return outputs;
  }

  /** A shape with unknowns as an int64 vector computed when the graph runs. */
  runtimeShape(shape: Shape): Value {
    if (shape.every((dimension) => typeof dimension === "number")) {
      return this.integers(shape);
    }
    const extents = shape.map((dimension) => this.#runtimeDimension(dimension));
    return extents.length === 1 ? extents[0]! : this.node("Concat", extents, { axis: int(0) })[0]!;
  }

  #runtimeDimension(dimension: Dimension): Value {
    const terms = termsOf(dimension).map(({ coefficient, symbols }) => {
      const factors = symbols.map((symbol) => this.#runtimeSymbol(symbol));
      if (coefficient !== 1 || factors.length === 0) {
        factors.push(this.integers([coefficient]));
      }
      return factors.reduce((product, factor) => this.node("Mul", [product, factor])[0]!);
    });
    return terms.reduce((sum, term) => this.node("Add", [sum, term])[0]!);
  }

  #runtimeSymbol(symbol: string): Value {
    const source = this.#symbols.get(symbol);
    if (source === undefined) {
      throw new ShapeError("Shape", [[symbol]], `no input has ${symbol} as one of its dimensions.`);
    }
    const { input, axis } = source;
    return this.node("Shape", [input], { start: int(axis), end: int(axis + 1) })[0]!;
  }

  #value(name: string, type: TensorType, origin: Origin): Value {
    return { graph: this, name, type, origin };
  }

  #unique(name: string): string {
    const count = this.#names.get(name) ?? 0;
    this.#names.set(name, count + 1);
    return count === 0 ? name : this.#unique(`${name}_${count}`);
  }
}

function elementTypeOf(data: ConstantData): ElementType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Uint8Array) return "uint8";
  return data instanceof Int32Array ? "int32" : "int64";
}

/** Equal for constants that are the same to the bit; −0 is not 0. */
function constantKey(data: ConstantData, shape: readonly number[]): string {
  const numbers = Array.from<number | bigint, string>(data, (one) =>
    Object.is(one, -0) ? "-0" : String(one),
  );
  return `${data.constructor.name}|${shape}|${numbers}`;
}
