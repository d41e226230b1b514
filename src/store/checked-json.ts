import { createHash } from "node:crypto";

/** A text of `withChecksum`, taken apart. */
export type CheckedJson =
  /** `text` is the object without its checksum, as it was written. */
  | { readonly kind: "whole" | "unchecked"; readonly text: string }
  /** It is not what was written. */
  | { readonly kind: "damaged" };

/** An object as JSON with a checksum: the last key, which covers the object without it, byte for byte. */
export function withChecksum(content: object): string {
  const text = JSON.stringify(content);
  return `${text.slice(0, -1)},"sha256":"${sha256(text)}"}`;
}

/** `unchecked`: there is no checksum at its end. */
export function checkJson(text: string): CheckedJson {
  const [, head, checksum] = /^(.*),"sha256":"([0-9a-f]{64})"\}$/s.exec(text) ?? [];
  if (head === undefined) return { kind: "unchecked", text };
  return sha256(`${head}}`) === checksum ? { kind: "whole", text: `${head}}` } : { kind: "damaged" };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
