import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of package.json, whether this runs from src/ or from the bundle in dist/. */
export function packageRoot(from: string = import.meta.dirname): string {
  const parent = dirname(from);
  return existsSync(join(from, "package.json")) || parent === from ? from : packageRoot(parent);
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
