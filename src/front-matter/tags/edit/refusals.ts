import { type Said, said } from "../../../said/said.ts";
import type { FrontMatterFault } from "../../fields.ts";

/** Why the tags of a document cannot be changed, and what its writer can do instead; both are whole sentences. */
export interface TagEditRefusal {
  readonly kind: "refused";
  readonly reason: Said;
  readonly advice: Said;
}

export function refused(reason: Said, advice: Said): TagEditRefusal {
  return { kind: "refused", reason, advice };
}

/** What would be written is not what would be read. */
export const unwritableTags = refused(
  said("These tags cannot be written in the notation of this document."),
  said("Change the tags by hand."),
);

/** Nobody knows what a change would do to a front matter that is not well formed. */
export const brokenFrontMatter = ({ line, message }: FrontMatterFault): TagEditRefusal =>
  refused(
    said("The front matter is broken in line {0}: {1}.", String(line), message),
    said("Correct this line first."),
  );

export const changeByHand = said("Change it by hand.");

/** @param shown what stands there now */
export const tagUnwritableAt = (tag: string, shown: string): TagEditRefusal =>
  refused(said("The tag '{0}' cannot be written where '{1}' stands.", tag, shown), changeByHand);
