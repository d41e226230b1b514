import { deserialize, serialize } from "node:v8";
import type { Surroundings } from "../../cli/surroundings.ts";
import { soleWriter, type TunedValues } from "../../learning/tuned-parameters.ts";
import { learnedValues, type Numbers, type Tuning } from "../../prompts/tuning.ts";
import type { EvaluatedDocument } from "../evaluation/evaluated-document.ts";
import { drawPassages, splitNewest } from "../evaluation/fit-prompts.ts";
import { fitTuning, learningRhythm, type TunedLearning, type TuningFit } from "../evaluation/fit-tuning.ts";
import { hashOf, learnedOnce } from "../evaluation/learned-once.ts";
import type { TuningChoice } from "../evaluation/tuning-options.ts";
import { type WordsTask, wordCounter } from "./words-task.ts";

export interface TunedWritersRequest {
  /** Names the model and what all writers start from. */
  readonly id: string;
  readonly task: WordsTask;
  readonly choice: TuningChoice;
  readonly tuning: Tuning;
  /** Where learning starts, such as a head that was learned before. */
  readonly values: Partial<TunedValues>;
  /** Most passages that each writer is learned from. */
  readonly passages: number;
  readonly seed: number;
}

/** Learns writers by their names, one after the other, from documents, oldest first; each from the start. */
export async function learnTuned<Name extends string>(
  writers: Readonly<Record<Name, readonly EvaluatedDocument[]>>,
  request: TunedWritersRequest,
  surroundings: Surroundings,
): Promise<Readonly<Record<Name, TunedValues>>> {
  const { id, task, choice, tuning, values, passages, seed } = request;
  const { products } = choice;
  const learning = task.learning(tuning, { products, trains: "writer" });
  const settings = { id, objective: task.objective, choice, products, passages, seed, ...learningRhythm() };
  const learned: Partial<Record<Name, TunedValues>> = {};
  try {
    for (const name of Object.keys(writers) as Name[]) {
      const documents = writers[name];
      const hash = hashOf(settings, documents);
      for (const value of tuning.values) hash.update(values.everyone?.[value.name] ?? value.start());
      const parts = { learning, tuning, values, documents, title: `${name} values`.padEnd(13) };
      learned[name] = await learnedOnce(hash, keptValues, () => learnWriter(parts, request, surroundings));
    }
  } finally {
    await learning.release();
  }
  return learned as Record<Name, TunedValues>;
}

const keptValues = {
  ending: "values",
  encode: (values: TunedValues) => serialize(values),
  decode: (bytes: Uint8Array) => deserialize(bytes) as TunedValues,
};

/** What is counted is counted without the newest documents while these say when to stop, and with them in the end. */
async function learnWriter(
  parts: TunedLearning & Pick<TuningFit, "documents" | "title"> & { readonly values: Partial<TunedValues> },
  { task, choice, passages, seed }: TunedWritersRequest,
  surroundings: Surroundings,
): Promise<TunedValues> {
  const { tuning, values, documents } = parts;
  const { train } = drawPassages(documents, passages, seed);
  const count = await wordCounter(task.marginals, tuning, values, train);
  const start = withOwn(values, count(splitNewest(documents).older));
  const learns = learnedValues(tuning).some(({ owner }) => owner === "writer");
  const fit = { ...parts, values: start, choice, passages, seed };
  return withOwn(learns ? await fitTuning(fit, surroundings) : start, count(documents));
}

/** With these values of the sole writer. */
function withOwn({ everyone = {}, writers }: Partial<TunedValues>, own: Numbers): TunedValues {
  return { everyone, writers: { [soleWriter]: { ...writers?.[soleWriter], ...own } } };
}
