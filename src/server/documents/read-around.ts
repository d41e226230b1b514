import type { CancellationToken } from "vscode-languageserver/node";
import type { ParsedSource } from "../../corpus/parse-document.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import type { Breathe } from "../turns/turns.ts";
import { FallingUrgency } from "../turns/urgency.ts";

/** A document that takes more steps is a long one. */
const stepsOfHover = 3;

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

/** The same for a hover, for which those of other documents do not wait until a long one has been read so far. */
export function readForHover(
  document: OpenDocument,
  offset: number,
  work: ServerContext["work"],
  token: CancellationToken,
): Promise<ParsedSource> {
  const urgency = new FallingUrgency("hover", "completion");
  let steps = 0;
  return work(urgency, token, (breathe) =>
    readAround(document, offset, () => {
      steps += 1;
      if (steps >= stepsOfHover) urgency.fall();
      return breathe();
    }),
  );
}

/** All of a document, taken apart in slices; from then on `parsed` is at hand. */
export async function readWhole({ live }: OpenDocument, breathe: Breathe): Promise<ParsedSource> {
  while (live.advance()) await breathe();
  return live.whole;
}
