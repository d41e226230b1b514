import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

/** The folder of package.json, whether this runs from src/ or from the bundle in dist/. */
export function packageRoot(from: string = import.meta.dirname): string {
  const parent = dirname(from);
  return existsSync(join(from, "package.json")) || parent === from ? from : packageRoot(parent);
}

/** The version in package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}

/** The language model that ships with the project. */
export function shippedModelPath(): string {
  return join(packageRoot(), "models", "idiolect-base");
}

/** The writer that ships with the project, for the demo. */
export function sampleBlogPath(): string {
  return join(packageRoot(), "media", "sample-blog");
}

/** A new post of that writer, without tags. */
export function sampleDraftPath(): string {
  return join(packageRoot(), "media", "sample-draft.md");
}
