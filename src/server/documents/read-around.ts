import type { ParsedSource } from "../../corpus/parse-document.ts";
import type { OpenDocument } from "../context.ts";
import type { Breathe } from "../turns/turns.ts";

/** What stands about an offset: of a long document that is still being read before all else. */
export async function readAround(
  { live }: OpenDocument,
  offset: number,
  breathe: Breathe,
): Promise<ParsedSource> {
  for (;;) {
    const found = live.around(offset);
    if (found !== undefined) return found;
    live.advance();
    await breathe();
  }
}

/** All of a document, taken apart in slices; from then on `parsed` is at hand. */
export async function readWhole({ live }: OpenDocument, breathe: Breathe): Promise<ParsedSource> {
  while (live.advance()) await breathe();
  return live.whole;
}
