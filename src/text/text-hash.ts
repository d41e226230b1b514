import { createHash } from "node:crypto";

/** Names a text by what it says: corrections and labels find the very same sentence again by it. */
export function textHash(text: string): string {
  return createHash("sha256").update(text.replace(/\s+/g, " ").trim()).digest("hex");
}
