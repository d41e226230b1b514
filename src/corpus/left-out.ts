import type { Fields } from "./fields.ts";

/** Why a document that is there is not learned from. */
export type LeftOutReason =
  /** Its front matter says `idiolect: false`. */
  | "field"
  /** It lies in a folder that is not to be learned from. */
  | "folder"
  /** Somebody else wrote it. */
  | "other"
  /** It was written together with somebody else. */
  | "together"
  /** A pattern in the settings leaves it out. */
  | "excluded";

/** Whether a document's own front matter asks to be left out: `idiolect: false`. */
export function asksToBeLeftOut(fields: Fields): boolean {
  const wish = fields.get("idiolect");
  return typeof wish === "string" && /^(?:false|no|off)$/i.test(wish.trim());
}
