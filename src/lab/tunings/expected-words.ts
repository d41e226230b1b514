import { exp } from "../../graph/operators/functions.ts";
import { logSoftmax } from "../../graph/operators/normalisation.ts";
import { argMax, reduceSum } from "../../graph/operators/reductions.ts";
import { maskedLmGraph } from "../../learning/masked-lm-graph.ts";
import { scorePassages } from "../../learning/masked-lm-measure.ts";
import { noWord, type Passage } from "../../learning/passages.ts";
import { soleWriter, TunedParameters, type TunedValues } from "../../learning/tuned-parameters.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { forOneWriter, type Tuning } from "../../prompts/tuning.ts";

/** A model with a way of tuning it as it stands, and how it is run. */
export interface ExpectingModel {
  readonly model: PretrainedModel;
  readonly tuning: Tuning;
  /** Absent ones are untrained. */
  readonly values?: Partial<TunedValues>;
  readonly threads: number;
}

/**
 * How often the model expects each token where a writer's words stand: the mean of its distributions over
 * the hidden words of these passages, [vocabulary], together 1; zeros where nothing can be hidden.
 */
export async function expectedWords(
  { model, tuning, values, threads }: ExpectingModel,
  passages: readonly Passage[],
  seed: string,
): Promise<Float64Array> {
  const {
    graph,
    scores: { logits },
    losses,
  } = maskedLmGraph({ model, tuning: forOneWriter(tuning) });
  const outputs = { losses, best: argMax(logits), sums: reduceSum(exp(logSoftmax(logits)), [0]) };
  const session = await model.compile(graph, outputs, { threads, prepack: false });
  const feeds = new TunedParameters(forOneWriter(tuning), values).feeds([{ writer: soleWriter }], [1]);
  const shares = new Float64Array(model.config.vocab_size);
  try {
    const scores = await scorePassages(
      model,
      passages,
      async (words) => {
        const results = await session.run({ ...words, ...feeds });
        const sums = results["sums"]!.data as Float32Array;
        for (let token = 0; token < shares.length; token++) shares[token]! += sums[token]!;
        return results;
      },
      seed,
    );
    const hidden = scores.reduce((sum, { masked }) => sum + masked, 0);
    return shares.map((sum) => sum / Math.max(1, hidden));
  } finally {
    await session.release();
  }
}

/** How often the words of passages have each token, [vocabulary]. */
export function countWords(passages: Iterable<Passage>, vocabularySize: number): Uint32Array {
  const counts = new Uint32Array(vocabularySize);
  for (const { ids, words } of passages) {
    ids.forEach((id, at) => {
      if (words[at] !== noWord) counts[id]!++;
    });
  }
  return counts;
}
