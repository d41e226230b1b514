import { createHash } from "node:crypto";
import type { Passage } from "../../learning/passages.ts";

/**
 * A reservoir over all that was learned before: each passage is in it with the same chance, however old. Vitter's
 * sampling (1985) gives each item a place by lot as it comes; here the lot is drawn from the seed and the passage
 * itself, and the lowest stay. So nothing has to be stored, the same passages stay while new ones come, and
 * what was erased is gone from it at once. The order of the passages is kept.
 */
export function reservoir(
  passages: readonly Passage[],
  size: number,
  seed: number | string,
): readonly Passage[] {
  const lots = passages.map((passage, row) => ({ row, lot: lotOf(passage, seed) }));
  const kept = lots.toSorted((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, size);
  return kept
    .map(({ row }) => row)
    .sort((a, b) => a - b)
    .map((row) => passages[row]!);
}

function lotOf({ ids, document }: Passage, seed: number | string): string {
  const hash = createHash("sha256").update(`${seed}\0${document ?? ""}\0`);
  return hash.update(Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength)).digest("hex");
}
