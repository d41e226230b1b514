import type { Fields } from "../front-matter/fields.ts";

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

/**
 * Whether a document's own front matter asks to be left out: `idiolect: false`. Whoever writes that field means to
 * keep the text out, so a word that is not known (`0`, `never`, a slip of the finger) leaves it out as well.
 */
export function asksToBeLeftOut(fields: Fields): boolean {
  const wish = fields.get("idiolect");
  if (wish === undefined) return false;
  return typeof wish !== "string" || !/^(?:true|yes|on|1|null|~)?$/i.test(wish.trim());
}
