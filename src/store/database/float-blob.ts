/**
 * Gives the bytes of a vector as they are stored: 32-bit floats, little endian. All machines that Idiolect is built
 * for are little endian, so the bytes in memory are taken as they are; that is what makes tens of thousands fast.
 */
export function toFloatBlob(values: Float32Array): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** Reads a vector that `toFloatBlob` has written. */
export function fromFloatBlob(bytes: Uint8Array): Float32Array {
  // The copy also aligns the bytes, which a float array asks for.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
