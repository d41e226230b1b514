import onnxProto, { type onnx as Onnx } from "onnx-proto";
import { equalShapes, shapeText } from "../../graph/dimension.ts";
import { OnnxModelError } from "../errors.ts";
import { type ModelConfig, modelConfigSchema } from "../files/model-config.ts";
import { encoderTensors } from "../files/tensor-shapes.ts";

const { onnx } = onnxProto;

/** The encoder of an ONNX file: its shape, and every tensor by its name in BERT. */
export interface OnnxEncoder {
  readonly config: ModelConfig;
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;
}

type Tensor = { readonly shape: readonly number[]; readonly data: Float32Array };
type Node = Onnx.INodeProto;

/** Numbers of ONNX's element types. */
const float32 = 1;
const int64 = 7;
const namedParts = /^(embeddings|encoder)\./;

/**
 * Reads the weights of a BERT that PyTorch wrote as ONNX. Biases, norms and embeddings keep their names there. Matrices
 * lose them and are turned ([in, out]); each is named again after the product that reads it:
 * `/encoder/layer.0/output/dense/MatMul` multiplies with `encoder.layer.0.output.dense.weight`. What is not a weight
 * (heads, epsilon) is told by the constants of the graph. Nothing of the graph is run.
 * Throws {@link OnnxModelError} for a file of another kind.
 */
export function readOnnxEncoder(bytes: Uint8Array, path: string): OnnxEncoder {
  const graph = decode(bytes, path);
  const nodes = graph.node ?? [];
  const tensors = new Map<string, Tensor>();
  const initializers = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? "", tensor]));
  for (const [name, tensor] of initializers) {
    if (namedParts.test(name) && tensor.dataType === float32) tensors.set(name, readFloats(tensor, path));
  }
  for (const { opType, name, input } of nodes) {
    const matrix = opType === "MatMul" ? initializers.get(input?.[1] ?? "") : undefined;
    if (matrix === undefined || name === undefined || name === null) continue;
    const weight = `${name
      .replace(/^\//, "")
      .replace(/\/MatMul(_\d+)?$/, "")
      .replaceAll("/", ".")}.weight`;
    if (namedParts.test(weight)) tensors.set(weight, turned(readFloats(matrix, path)));
  }
  return checked({ config: configOf(nodes, tensors, path), tensors }, path);
}

function decode(bytes: Uint8Array, path: string): Onnx.IGraphProto {
  try {
    const { graph } = onnx.ModelProto.decode(bytes);
    if (graph) return graph;
  } catch (cause) {
    throw new OnnxModelError(path, "it is not an ONNX file", { cause });
  }
  throw new OnnxModelError(path, "it has no graph");
}

function configOf(nodes: readonly Node[], tensors: ReadonlyMap<string, Tensor>, path: string): ModelConfig {
  const shapeOf = (name: string): readonly number[] => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new OnnxModelError(path, `it has no tensor ${name}`);
    return tensor.shape;
  };
  const [vocabulary, hidden] = shapeOf("embeddings.word_embeddings.weight");
  if (!nodes.some(({ opType }) => opType === "Erf" || opType === "Gelu")) {
    throw new OnnxModelError(path, "its activation is not the exact GELU, the only one that is read");
  }
  const layers = [...tensors.keys()].map((name) => Number(/^encoder\.layer\.(\d+)\./.exec(name)?.[1] ?? -1));
  const parsed = modelConfigSchema.safeParse({
    model_type: "bert",
    vocab_size: vocabulary,
    hidden_size: hidden,
    num_hidden_layers: 1 + layers.reduce((most, layer) => Math.max(most, layer), -1),
    num_attention_heads: headsOf(nodes, path),
    intermediate_size: shapeOf("encoder.layer.0.intermediate.dense.weight")[0],
    max_position_embeddings: shapeOf("embeddings.position_embeddings.weight")[0],
    type_vocab_size: shapeOf("embeddings.token_type_embeddings.weight")[0],
    layer_norm_eps: epsilonOf(nodes, path),
    hidden_act: "gelu",
  });
  if (parsed.success) return parsed.data;
  throw new OnnxModelError(path, "its shape is none of a BERT", { cause: parsed.error });
}

/** Rows are brought to [batch, length, heads, size of a head], whose last two numbers are constants. */
function headsOf(nodes: readonly Node[], path: string): number {
  const shape = nodes.find(({ name }) => name === "/encoder/layer.0/attention/self/Concat");
  const constants = (shape?.input ?? []).flatMap((input) => constantOf(nodes, input)?.integers ?? []);
  if (constants.length !== 2) throw new OnnxModelError(path, "how many heads it has cannot be told");
  return constants[0]!;
}

/** A layer norm adds its epsilon to the variance before the root. */
function epsilonOf(nodes: readonly Node[], path: string): number {
  const single = nodes.find(({ opType }) => opType === "LayerNormalization");
  const given = single?.attribute?.find(({ name }) => name === "epsilon")?.f;
  const added = nodes.find(({ name }) => name === "/embeddings/LayerNorm/Add");
  const [constant] = (added?.input ?? []).flatMap((input) => constantOf(nodes, input)?.floats ?? []);
  const epsilon = given ?? constant;
  if (epsilon === undefined) throw new OnnxModelError(path, "the epsilon of its layer norms cannot be told");
  return Number(epsilon.toPrecision(6));
}

function constantOf(nodes: readonly Node[], output: string) {
  const node = nodes.find((one) => one.opType === "Constant" && one.output?.[0] === output);
  const tensor = node?.attribute?.find(({ name }) => name === "value")?.t;
  const raw = tensor?.rawData;
  if (!tensor || !raw) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return {
    integers:
      tensor.dataType === int64
        ? Array.from({ length: raw.length / 8 }, (_, at) => Number(view.getBigInt64(8 * at, true)))
        : [],
    floats:
      tensor.dataType === float32
        ? Array.from({ length: raw.length / 4 }, (_, at) => view.getFloat32(4 * at, true))
        : [],
  };
}

function readFloats({ name, dims, dataType, rawData }: Onnx.ITensorProto, path: string): Tensor {
  const shape = (dims ?? []).map(Number);
  const size = shape.reduce((product, extent) => product * extent, 1);
  // Of no bytes it could claim any number of rows.
  if (size === 0) throw new OnnxModelError(path, `tensor ${name} is empty`);
  if (dataType !== float32 || rawData?.byteLength !== 4 * size) {
    throw new OnnxModelError(path, `tensor ${name} is not stored as float32 inside of it`);
  }
  // A copy, since numbers need not stand at multiples of four bytes; a Buffer's own slice would be none.
  return { shape, data: new Float32Array(new Uint8Array(rawData).buffer) };
}

/** [in, out] to [out, in]. */
function turned({ shape: [rows = 0, columns = 0], data }: Tensor): Tensor {
  const values = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[column * rows + row] = data[row * columns + column]!;
    }
  }
  return { shape: [columns, rows], data: values };
}

/** Every tensor of the encoder is there in its shape; others are left out. */
function checked({ config, tensors }: OnnxEncoder, path: string): OnnxEncoder {
  const expected = encoderTensors(config);
  const kept = new Map<string, Tensor>();
  for (const [name, shape] of expected) {
    const tensor = tensors.get(name);
    if (tensor === undefined || !equalShapes(tensor.shape, shape)) {
      const found = tensor === undefined ? "is missing" : `has shape ${shapeText(tensor.shape)}`;
      throw new OnnxModelError(path, `tensor ${name} ${shapeText(shape)} ${found}`);
    }
    kept.set(name, tensor);
  }
  return { config, tensors: kept };
}
