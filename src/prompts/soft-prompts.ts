import type { Graph } from "../graph/graph.ts";
import type { TensorData } from "../graph/session.ts";
import type { Value } from "../graph/value.ts";
import type { LayerPrompts } from "../plm/encoder/encoder-additions.ts";
import { countNotFinite, narrowToFloat16, widenFloat16 } from "../plm/files/floats.ts";
import type { ModelConfig } from "../plm/files/model-config.ts";
import { PromptNotFiniteError, PromptShapeError } from "./errors.ts";

/** Prompt vectors of a layer if nothing else is asked for; short ones suffice (P-tuning v2, arXiv 2110.07602). */
export const defaultPromptLength = 8;

/**
 * Multi-layer soft prompts: for each layer, p hidden states that join its keys and values. `values` is
 * [layers, length, hiddenSize], row-major. A writer's prompts are the shared ones plus the writer's
 * delta, so a delta of zeros reads as the shared model does.
 */
export interface SoftPrompts {
  readonly layers: number;
  readonly length: number;
  readonly hiddenSize: number;
  readonly values: Float32Array;
}

export function zeroPrompts(config: ModelConfig, length = defaultPromptLength): SoftPrompts {
  const { num_hidden_layers: layers, hidden_size: hiddenSize } = config;
  return { layers, length, hiddenSize, values: new Float32Array(layers * length * hiddenSize) };
}

/**
 * shared + strength · delta. Strength runs from 0 (the shared reading) to 1 (fully personal).
 * Throws PromptShapeError where the two are of different shapes.
 */
export function personalPrompts(shared: SoftPrompts, delta: SoftPrompts, strength = 1): SoftPrompts {
  if (
    shared.layers !== delta.layers ||
    shared.length !== delta.length ||
    shared.hiddenSize !== delta.hiddenSize
  ) {
    throw new PromptShapeError(shapeOf(shared), shapeOf(delta));
  }
  const values = shared.values.map((value, at) => value + strength * delta.values[at]!);
  return { ...shared, values };
}

/** The prompts as graph inputs, one [length, hiddenSize] for each layer, ready for the encoder. */
export interface PromptInputs {
  readonly prompts: LayerPrompts;
  /** By name, `prompts.<layer>`. */
  readonly inputs: Readonly<Record<string, Value>>;
}

export function promptInputs(graph: Graph, config: ModelConfig, length: number): PromptInputs {
  const names = Array.from({ length: config.num_hidden_layers }, (_, layer) => promptName(layer));
  const inputs = Object.fromEntries(
    names.map((name) => [name, graph.input(name, "float32", [length, config.hidden_size])]),
  );
  return { prompts: (layer) => inputs[promptName(layer)], inputs };
}

/** Views of each layer's part, by input name; changing a view changes the prompts. */
export function layerViews(prompts: SoftPrompts): Record<string, Float32Array> {
  return Object.fromEntries(
    Array.from({ length: prompts.layers }, (_, layer) => [promptName(layer), layerView(prompts, layer)]),
  );
}

/** The inverse of `layerViews`: prompts of the shape of `like`, from values by input name. */
export function fromLayerViews(
  like: SoftPrompts,
  values: Readonly<Record<string, Float32Array>>,
): SoftPrompts {
  const prompts = { ...like, values: new Float32Array(like.values.length) };
  for (const [name, view] of Object.entries(layerViews(prompts))) view.set(values[name]!);
  return prompts;
}

/** A view of one layer's prompts, [length, hiddenSize]. */
export function layerView({ length, hiddenSize, values }: SoftPrompts, layer: number): Float32Array {
  return values.subarray(layer * length * hiddenSize, (layer + 1) * length * hiddenSize);
}

/** What a session with prompt inputs is fed. */
export function promptFeeds(prompts: SoftPrompts): Readonly<Record<string, TensorData>> {
  const shape = [prompts.length, prompts.hiddenSize];
  return Object.fromEntries(
    Object.entries(layerViews(prompts)).map(([name, data]) => [name, { data, shape }]),
  );
}

/**
 * 16-bit floats behind a header of three 32-bit sizes; little-endian, 2 · layers · length · hiddenSize + 12 bytes.
 * Throws PromptNotFiniteError for numbers that are none, or none in 16 bits (beyond 65,504).
 */
export function encodePrompts(prompts: SoftPrompts): Uint8Array {
  const header = Uint32Array.of(prompts.layers, prompts.length, prompts.hiddenSize);
  const halves = narrowToFloat16(prompts.values);
  const kept = new Float32Array(halves.length);
  widenFloat16(halves, kept);
  requireFinite(kept);
  const bytes = new Uint8Array(header.byteLength + halves.byteLength);
  bytes.set(new Uint8Array(header.buffer));
  bytes.set(new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength), header.byteLength);
  return bytes;
}

/** Throws PromptShapeError for bytes that are cut off or not prompts, PromptNotFiniteError for NaN and ∞ in them. */
export function decodePrompts(bytes: Uint8Array): SoftPrompts {
  const aligned = new Uint8Array(bytes); // a copy, which the slice of a Buffer is not
  const [layers = 0, length = 0, hiddenSize = 0] = new Uint32Array(
    aligned.buffer,
    0,
    aligned.length < 12 ? 0 : 3,
  );
  const count = layers * length * hiddenSize;
  if (count === 0 || aligned.length !== 12 + 2 * count) {
    throw new PromptShapeError([layers, length, hiddenSize], [aligned.length]);
  }
  const values = new Float32Array(count);
  widenFloat16(new Uint16Array(aligned.buffer, 12, count), values);
  requireFinite(values);
  return { layers, length, hiddenSize, values };
}

function requireFinite(values: Float32Array): void {
  const count = countNotFinite(values);
  if (count > 0) throw new PromptNotFiniteError(count);
}

function shapeOf({ layers, length, hiddenSize }: SoftPrompts): readonly number[] {
  return [layers, length, hiddenSize];
}

const promptName = (layer: number): string => `prompts.${layer}`;
