import { z } from "zod";

/** Any value that JSON can hold; the shape is known to whoever wrote it. */
export type JsonValue = z.infer<ReturnType<typeof z.json>>;

/** Parses a text column that holds JSON of the given shape. */
export function jsonColumn<T>(shape: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "not JSON" });
        return z.NEVER;
      }
    })
    .pipe(shape);
}

/** A value as JSON keeps it: what is undefined is absent. */
export const asJson = (value: object): JsonValue => z.json().parse(JSON.parse(JSON.stringify(value)));

/**
 * Gives the bytes of a vector as they are stored: 32-bit floats, little endian. All machines that Idiolect is built
 * for are little endian, so the bytes in memory are taken as they are; that is what makes tens of thousands fast.
 */
export function toFloatBlob(values: Float32Array): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** A column of the bytes of such a vector. */
export const floatColumn = z
  .instanceof(Uint8Array)
  .refine(({ byteLength }) => byteLength % Float32Array.BYTES_PER_ELEMENT === 0, "not whole numbers");

/** Reads a vector that `toFloatBlob` has written. */
export function fromFloatBlob(bytes: Uint8Array): Float32Array {
  // The copy also aligns the bytes, which a float array asks for.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
