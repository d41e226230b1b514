import { OutOfMemoryError } from "./errors.ts";

/** What ONNX Runtime, C++ and V8 say when there is no memory left. None of them has a code for it. */
const signs = [/failed to allocate memory/i, /bad[ _]alloc/i, /array buffer allocation failed/i];

export function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && signs.some((sign) => sign.test(cause.message));
}

/**
 * Does `work`, and once more after `spare` where memory ran out: it goes on from its last checkpoint.
 * Throws OutOfMemoryError where that was not enough.
 */
export async function withSparedMemory<T>(spare: () => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isOutOfMemory(cause)) {
      throw cause;
    }
  }
  spare();
  try {
    return await work();
  } catch (cause) {
    throw isOutOfMemory(cause) ? new OutOfMemoryError(cause) : cause;
  }
}
