import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "../measures/write-whole.ts";

/** A result that is kept as a file: what it is called, what it depends on, and how it looks as JSON. */
export interface KeptResult<T> {
  readonly name: string;
  readonly dependsOn: readonly unknown[];
  readonly shape: z.ZodType<T>;
}

/**
 * The result of a long step: from the folder where it was made of the same before, else made and put
 * there. A file that does not look as it should is made anew.
 */
export async function keepResult<T>(
  folder: string,
  { name, dependsOn, shape }: KeptResult<T>,
  make: () => Promise<T>,
): Promise<T> {
  const key = createHash("sha256").update(JSON.stringify(dependsOn)).digest("hex").slice(0, 16);
  const path = join(folder, `${name}-${key}.json`);
  const kept = existsSync(path) ? shape.safeParse(jsonOrNothing(readFileSync(path, "utf8"))) : undefined;
  if (kept?.success) return kept.data;
  const made = await make();
  writeWhole(path, JSON.stringify(z.encode(shape, made)));
  return made;
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 32-bit floats as base64, so that they are kept exactly and briefly. */
export const floatsShape = z.codec(
  z.base64(),
  z.custom<Float32Array>((value) => value instanceof Float32Array),
  {
    decode: (text) => new Float32Array(Uint8Array.from(Buffer.from(text, "base64")).buffer),
    encode: ({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
  },
);
