import type { Passage } from "../../learning/passages.ts";
import type { TunedValues } from "../../learning/tuned-parameters.ts";
import type { Numbers, Tuning } from "../../prompts/tuning.ts";
import type { EvaluatedDocument } from "../evaluation/evaluated-document.ts";
import { inHalves } from "../evaluation/fit-tuning.ts";
import { countWords } from "../tunings/expected-words.ts";
import { logMarginals, marginalValues } from "../tunings/marginal-tuning.ts";
import type { MarginalsTask } from "./words-task.ts";

/** What is counted in some of a writer's documents, as the writer's values; none where a tuning has no counts. */
export type WordCounter = (documents: readonly EvaluatedDocument[]) => Numbers;

/**
 * Counts words for a tuning that has such values.
 * @param values of the tuning as it stands
 * @param passages of the writer, from which it is taken how often the model expects each word
 */
export async function wordCounter(
  marginals: MarginalsTask | undefined,
  tuning: Tuning,
  values: Partial<TunedValues>,
  passages: readonly Passage[],
): Promise<WordCounter> {
  if (marginals === undefined || tuning.values.every(({ group }) => group !== "counted")) return () => ({});
  const shares = await marginals.expected(tuning, values, passages);
  return (documents) => {
    const words = documents.flatMap((document) => document.passages);
    return inHalves(marginalValues(logMarginals(countWords(words, shares.length), shares)));
  };
}
