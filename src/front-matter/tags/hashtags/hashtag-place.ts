import { lineStart } from "../../lines.ts";
import { beforeHashtag, hashtagSigns, longestHashtag } from "./hashtag.ts";

export interface HashtagPlace {
  readonly kind: "hashtag";
  /** From the hash on. */
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
  /** Written as `#[[several words]]`. */
  readonly isBracketed: boolean;
}

const TYPED = new RegExp(`${beforeHashtag}#(?:(\\[\\[)([^\\[\\]#|\\r\\n]*)|([${hashtagSigns}]*))$`, "u");
const REST = new RegExp(`^[${hashtagSigns}]*`, "u");

/** Whether a document has prose at an offset; its parser knows. */
export type IsProse = (at: number) => boolean;

/** The hashtag that is being written at an offset of prose; undefined where there is none. */
export function hashtagPlaceAt(
  source: string,
  offset: number,
  bodyStart: number,
  isProse: IsProse,
): HashtagPlace | undefined {
  const from = Math.max(bodyStart, lineStart(source, offset), offset - longestHashtag);
  const typed = TYPED.exec(source.slice(from, offset));
  if (typed === null) return undefined;
  const isBracketed = typed[1] !== undefined;
  const prefix = typed[2] ?? typed[3] ?? "";
  const start = from + typed.index;
  // What was cut off may have been a letter.
  if (start > 0 && start === from && !/[\r\n]/.test(source[start - 1]!) && start !== bodyStart)
    return undefined;
  const isAtMargin = source.slice(lineStart(source, start), start).trim() === "";
  // A hash alone at the start of a line begins a heading more often than a tag.
  if (isAtMargin && prefix === "" && !isBracketed) return undefined;
  if (prefix.startsWith("/") || !isProse(start)) return undefined;
  const after = source.slice(offset, offset + longestHashtag);
  const rest = isBracketed ? (/^[^[\]#|\r\n]*\]\]/.exec(after)?.[0] ?? "") : (REST.exec(after)?.[0] ?? "");
  return { kind: "hashtag", start, end: offset + rest.length, prefix, isBracketed };
}
