/** What is not used yet of a long row takes no memory, and moving rows takes time. */
const growth = 2;
const alignedBytes = 8;

/**
 * The bytes of a row that has to hold at least so many, with zeros after them. The former buffer is empty afterwards: its
 * memory goes at once, and not when the collector comes by, which for rows of many megabytes is late.
 */
export function grownBuffer(buffer: ArrayBuffer, bytes: number): ArrayBuffer {
  return largerBuffer(buffer, growth * bytes);
}

/** As `grownBuffer`, with room for just so many. */
export function largerBuffer(buffer: ArrayBuffer, bytes: number): ArrayBuffer {
  const grown = new ArrayBuffer(alignedBytes * Math.ceil(bytes / alignedBytes));
  new Uint8Array(grown).set(new Uint8Array(buffer));
  // Transferring to the full length would write the zeros, which would take their memory.
  buffer.transfer(0);
  return grown;
}
