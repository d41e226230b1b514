import type { Random } from "../numbers/random.ts";
import { fitLinear, type SparseVector } from "./linear-model.ts";
import { termNumbers } from "./term-counts.ts";

/** A passage as it was written, and as writing assistants returned it. */
export interface RewrittenPassage {
  readonly original: SparseVector;
  readonly rewritten: readonly SparseVector[];
}

/** What a fault costs, in the sense of an SVM's C. */
const pairCost = 0.1;

/** Learns what assistants do to texts, whoever wrote them: weights under which originals score above their rewritings. */
export function learnAssistant(passages: readonly RewrittenPassage[], random: Random): Float32Array {
  const examples = passages.flatMap(({ original, rewritten }) =>
    rewritten.map((vector) => ({
      vector: differenceOf(original, vector),
      label: 1 as const,
      cost: pairCost,
    })),
  );
  return fitLinear(examples, termNumbers, random, false).weights;
}

/** a − b. */
function differenceOf(a: SparseVector, b: SparseVector): SparseVector {
  const values = new Map(Array.from(a.ids, (id, at) => [id, a.values[at]!]));
  b.ids.forEach((id, at) => {
    values.set(id, (values.get(id) ?? 0) - b.values[at]!);
  });
  const ids = Uint16Array.from(values.keys()).sort();
  return { ids, values: Float32Array.from(ids, (id) => values.get(id)!) };
}
