import { shapeText } from "../../graph/dimension.ts";
import { QuantisationError, TensorTypeError } from "../errors.ts";
import type { Safetensors } from "./safetensors.ts";
import { elementCount } from "./safetensors-header.ts";
import type { StoredTensor } from "./write-safetensors.ts";

/**
 * A tensor in 8 bits, symmetric per channel: `value ≈ code · scale[channel]`, codes −127 … 127.
 * `axis` is the one that channels lie along: 0 for rows of an embedding table and for weights `[out, in]`
 * as PyTorch stores them, 1 for weights `[in, out]`.
 */
export interface QuantisedTensor {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly codes: Int8Array;
  readonly scales: Float32Array;
}

const largestCode = 127;
/** Matrices smaller than this save nothing worth the rounding (token types: 2 × 384). */
const smallestQuantisedElements = 4096;

/**
 * Brings `data` to 8 bits, with one scale (largest magnitude / 127) per channel along `axis`.
 * The error of a value is at most half its channel's scale.
 * Throws {@link QuantisationError} if data and shape differ in size or a value is not finite.
 */
export function quantise(data: Float32Array, shape: readonly number[], axis: number): QuantisedTensor {
  const channels = shape[axis];
  if (channels === undefined || data.length !== elementCount(shape)) {
    throw new QuantisationError(
      `${data.length} values of shape ${shapeText(shape)} cannot be quantised along axis ${axis}.`,
    );
  }
  const scales = new Float32Array(channels);
  forEachRun(shape, axis, (channel, start, end) => {
    const largest = largestMagnitude(data, start, end);
    if (!Number.isFinite(largest)) throw new QuantisationError("A value is not a finite number.");
    scales[channel] = Math.max(scales[channel]!, largest);
  });
  for (let channel = 0; channel < channels; channel++) scales[channel]! /= largestCode;
  const codes = new Int8Array(data.length);
  forEachRun(shape, axis, (channel, start, end) => {
    const scale = scales[channel]!;
    for (let i = start; i < end; i++) codes[i] = nearestCode(data[i]!, scale);
  });
  return { shape, axis, codes, scales };
}

/** The numbers a quantised tensor stands for. */
export function dequantise({ shape, axis, codes, scales }: QuantisedTensor): Float32Array {
  const data = new Float32Array(codes.length);
  forEachRun(shape, axis, (channel, start, end) => {
    const scale = scales[channel]!;
    for (let i = start; i < end; i++) data[i] = codes[i]! * scale;
  });
  return data;
}

/**
 * What a weight is stored as: matrices of 4096 numbers or more as `<name>` (I8) with `<name>.scale` (F32, shaped
 * to broadcast against the matrix, so that it also tells the axis), everything smaller as F32.
 */
export function packWeight(
  name: string,
  shape: readonly number[],
  data: Float32Array,
  axis = 0,
): readonly StoredTensor[] {
  if (shape.length !== 2 || data.length < smallestQuantisedElements)
    return [{ name, type: "F32", shape, data }];
  const { codes, scales } = quantise(data, shape, axis);
  const scaleShape = shape.map((size, index) => (index === axis ? size : 1));
  return [
    { name, type: "I8", shape, data: codes },
    { name: scaleName(name), type: "F32", shape: scaleShape, data: scales },
  ];
}

/** Reads a weight as floats, whether it is stored as floats or in 8 bits. */
export function readWeight(file: Safetensors, name: string): Float32Array {
  const { type, shape } = file.entry(name);
  if (type !== "I8") return file.readFloats(name);
  const scale = file.entry(scaleName(name));
  const axis = quantisedAxis(shape, scale.shape);
  if (axis === undefined) {
    throw new TensorTypeError(
      scale.name,
      `its shape ${shapeText(scale.shape)} does not fit ${shapeText(shape)}.`,
    );
  }
  return dequantise({ shape, axis, codes: file.readInt8(name), scales: file.readFloats(scale.name) });
}

/** Name of the tensor that holds the scales of an 8-bit tensor. */
export function scaleName(name: string): string {
  return `${name}.scale`;
}

/** The axis along which `scaleShape` gives one scale per channel, or `undefined` where it fits none. */
export function quantisedAxis(shape: readonly number[], scaleShape: readonly number[]): number | undefined {
  const axis = shape.findIndex((size, index) =>
    shape.every((_, other) => scaleShape[other] === (other === index ? size : 1)),
  );
  return axis < 0 || shape.length !== scaleShape.length ? undefined : axis;
}

/** Visits a row-major tensor in runs `start` to `end` (exclusive) that lie in one channel of `axis`. */
function forEachRun(
  shape: readonly number[],
  axis: number,
  visit: (channel: number, start: number, end: number) => void,
): void {
  const channels = shape[axis] ?? 1;
  const length = elementCount(shape.slice(axis + 1));
  const runs = elementCount(shape.slice(0, axis + 1));
  for (let run = 0; run < runs; run++) visit(run % channels, run * length, (run + 1) * length);
}

/** NaN if any value is. */
function largestMagnitude(data: Float32Array, start: number, end: number): number {
  let largest = 0;
  for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(data[i]!));
  return largest;
}

function nearestCode(value: number, scale: number): number {
  if (scale === 0) return 0;
  const code = Math.round(value / scale);
  return Math.min(largestCode, Math.max(-largestCode, code));
}
