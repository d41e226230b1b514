import { createHash } from "node:crypto";
import type { OpenDocument } from "../context.ts";

/** Names a document by its text as learning does, so that what its front matter says of its tone is known. */
export function documentKey({ source }: OpenDocument): string {
  return createHash("sha256").update(source).digest("hex");
}
