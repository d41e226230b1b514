import onnxProto from "onnx-proto";
import type { Shape } from "./dimension.ts";
import type { Graph } from "./graph.ts";
import { ruleFor } from "./rules.ts";
import type { Attribute, ConstantData, ElementType, Node, Value, WeightData } from "./value.ts";

const { onnx } = onnxProto;

/** Version of the ONNX operator set that graphs are written in. */
export const opset = 23;
const irVersion = 11;
/** Of the operators that ONNX Runtime has beyond ONNX. */
const runtimeDomain = "com.microsoft";

/**
 * Writes the part of a graph that the outputs need as an ONNX model. Outputs are named by their keys.
 * All graph inputs that are needed become inputs of the model. Weights in files are referred to by
 * location (relative to the model file), offset and length; weights in memory are written along.
 *
 * Shapes between the operators are written as well: what ONNX Runtime infers by itself has no names for extents that are
 * computed, so that it finds no memory to use again there, and searches all that is free for each operator of the graph.
 */
export function writeModel(graph: Graph, outputs: Readonly<Record<string, Value>>): Uint8Array {
  const needed = reachableFrom(Object.values(outputs));
  const nodes = graph.nodes.filter((node) => node.outputs.some((output) => needed.has(output)));
  const aliases = Object.entries(outputs).map(([name, value]) => ({
    opType: "Identity",
    name: `output ${name}`,
    input: [value.name],
    output: [name],
  }));
  const model = onnx.ModelProto.create({
    irVersion,
    producerName: "idiolect",
    opsetImport: [
      { domain: "", version: opset },
      { domain: runtimeDomain, version: 1 },
    ],
    graph: {
      name: "idiolect",
      input: graph.inputs.filter((input) => needed.has(input)).map((input) => valueInfo(input, input.name)),
      output: Object.entries(outputs).map(([name, value]) => valueInfo(value, name)),
      initializer: [...needed].flatMap(initializer),
      node: [...nodes.map((node) => writeNode(node, needed)), ...aliases],
      valueInfo: nodes
        .flatMap(({ outputs }) => outputs)
        .filter((output) => needed.has(output))
        .map((output) => valueInfo(output, output.name)),
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

/** The files of weights that a written model refers to, each once, relative to the model file. */
export function externalFiles(model: Uint8Array): readonly string[] {
  // From Buffers the library makes others in a way that Node warns of.
  const plain = new Uint8Array(model.buffer, model.byteOffset, model.byteLength);
  const { graph } = onnx.ModelProto.decode(plain);
  const entries = (graph?.initializer ?? []).flatMap(({ externalData }) => externalData ?? []);
  const locations = entries.filter(({ key }) => key === "location").map(({ value }) => value ?? "");
  return [...new Set(locations)];
}

function reachableFrom(outputs: readonly Value[]): ReadonlySet<Value> {
  const reached = new Set<Value>();
  const open = [...outputs];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (!reached.has(value)) {
      reached.add(value);
      if (value.origin.kind === "node") {
        open.push(...writtenInputs(value.origin.node).filter((input) => input !== undefined));
      }
    }
  }
  return reached;
}

/** Outputs that nobody needs are left out where the operator allows it, so that they are not computed. */
function writeNode(node: Node, needed: ReadonlySet<Value>): onnxProto.onnx.INodeProto {
  const least = ruleFor(node.operator).leastOutputs?.(node.inputs) ?? 1;
  const isWritten = (output: Value, at: number): boolean => at < least || needed.has(output);
  const used = node.outputs.findLastIndex(isWritten) + 1;
  const { writtenAs } = ruleFor(node.operator);
  // What stands in for an operator of our own knows none of its attributes.
  const attributes = writtenAs === undefined ? Object.entries(node.attributes) : [];
  return {
    opType: writtenAs ?? node.operator,
    ...(ruleFor(node.operator).beyondOnnx ? { domain: runtimeDomain } : {}),
    name: node.name,
    input: writtenInputs(node).map((input) => input?.name ?? ""),
    output: node.outputs.slice(0, used).map((output, at) => (isWritten(output, at) ? output.name : "")),
    attribute: attributes.map(([name, attribute]) => writeAttribute(name, attribute)),
  };
}

function writtenInputs({ operator, inputs }: Node): readonly (Value | undefined)[] {
  return inputs.slice(0, ruleFor(operator).writtenInputs);
}

function writeAttribute(name: string, attribute: Attribute): onnxProto.onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  switch (attribute.kind) {
    case "int":
      return { name, type: AttributeType.INT, i: attribute.value };
    case "ints":
      return { name, type: AttributeType.INTS, ints: [...attribute.value] };
    case "float":
      return { name, type: AttributeType.FLOAT, f: attribute.value };
    case "text":
      return { name, type: AttributeType.STRING, s: new TextEncoder().encode(attribute.value) };
    default:
      return attribute satisfies never;
  }
}

const dataTypes: Readonly<Record<ElementType, number>> = {
  float32: onnx.TensorProto.DataType.FLOAT,
  int8: onnx.TensorProto.DataType.INT8,
  uint8: onnx.TensorProto.DataType.UINT8,
  int32: onnx.TensorProto.DataType.INT32,
  int64: onnx.TensorProto.DataType.INT64,
  bool: onnx.TensorProto.DataType.BOOL,
};

function initializer(value: Value): readonly onnxProto.onnx.ITensorProto[] {
  const { origin, name, type } = value;
  if (origin.kind !== "weight" && origin.kind !== "constant") {
    return [];
  }
  const dims = type.shape.map(Number);
  const dataType = dataTypes[type.elementType];
  const { data } = origin;
  if (isFile(data)) {
    const entries = { location: data.location, offset: data.offsetBytes, length: data.lengthBytes };
    const externalData = Object.entries(entries).map(([key, entry]) => ({ key, value: String(entry) }));
    return [{ name, dims, dataType, dataLocation: onnx.TensorProto.DataLocation.EXTERNAL, externalData }];
  }
  const numbers = "kind" in data ? data.data : data;
  return [
    { name, dims, dataType, rawData: new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength) },
  ];
}

function isFile(data: WeightData | ConstantData): data is Extract<WeightData, { kind: "file" }> {
  return "kind" in data && data.kind === "file";
}

function valueInfo(value: Value, name: string): onnxProto.onnx.IValueInfoProto {
  const elemType = dataTypes[value.type.elementType];
  return { name, type: { tensorType: { elemType, shape: { dim: dimensions(value.type.shape) } } } };
}

function dimensions(shape: Shape): onnxProto.onnx.TensorShapeProto.IDimension[] {
  return shape.map((extent) => (typeof extent === "number" ? { dimValue: extent } : { dimParam: extent }));
}
