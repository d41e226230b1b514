import { fewestMeasured } from "../../numbers/gate.ts";
import { fewestDocuments } from "../../profile/masking-gate.ts";

/** Documents that are not learned from. What chooses an epoch, or one of two versions, proves nothing. */
export interface HeldOutSplit<T> {
  readonly choosing: readonly T[];
  readonly proving: readonly T[];
}

/** So many prove a gain of a standard deviation in most cases; of few documents a fifth is taken to come near it. */
const usuallyProving = 12;
/** Fewer choose by chance alone. */
const fewestChoosing = 2;

/**
 * Holds documents out of those that nothing was ever learned from, the newest: a tenth of all to prove on (of few up to a fifth), and a thirtieth,
 * written just before them, to choose by. Where too few could be proved on, some are held out to choose by alone.
 * @param documents all, oldest first
 */
export function splitHeldOut<T>(
  documents: readonly T[],
  mayProve: (document: T) => boolean,
): HeldOutSplit<T> {
  const count = documents.length;
  const unseen = documents.filter(mayProve);
  if (count < fewestDocuments || unseen.length < fewestMeasured + fewestChoosing) {
    const choosing = count < 5 ? 0 : Math.max(1, Math.round(count / 10));
    return { choosing: newest(unseen, choosing), proving: [] };
  }
  const wanted = Math.max(fewestChoosing, Math.round(count / 30));
  const choosing = Math.min(wanted, unseen.length - fewestMeasured);
  const proving = Math.max(
    fewestMeasured,
    Math.min(usuallyProving, Math.round(count / 5)),
    Math.round(count / 10),
  );
  const heldOut = newest(unseen, choosing + proving);
  return { choosing: heldOut.slice(0, choosing), proving: heldOut.slice(choosing) };
}

/** Of documents that are learned on from an earlier version: a tenth of the new ones, at least one to choose by and one to prove on. */
export function splitNewlyHeldOut<T>(fresh: readonly T[]): HeldOutSplit<T> {
  const heldOut = newest(fresh, Math.max(2, Math.round(fresh.length / 10)));
  const choosing = Math.max(1, Math.floor(heldOut.length / 3));
  return { choosing: heldOut.slice(0, choosing), proving: heldOut.slice(choosing) };
}

const newest = <T>(documents: readonly T[], count: number): readonly T[] =>
  documents.slice(documents.length - Math.min(count, documents.length));
