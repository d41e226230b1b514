import { add, div, mul, neg, sub } from "../../graph/operators/arithmetic.ts";
import { gatherElements } from "../../graph/operators/indexing.ts";
import { gemm } from "../../graph/operators/matrix-products.ts";
import { logSoftmax } from "../../graph/operators/normalisation.ts";
import { argMax, reduceSum } from "../../graph/operators/reductions.ts";
import type { TensorData } from "../../graph/session.ts";
import { textFeeds } from "../../learning/objectives/classifier-objective.ts";
import type { ObjectiveOptions } from "../../learning/objectives/masked-lm-objective.ts";
import { type Learnable, Objective } from "../../learning/objectives/objective.ts";
import type { TrainingGraph } from "../../learning/training-session.ts";
import { type TunedModel, tunedEncoder } from "../../learning/tuned-encoder.ts";
import { soleWriter } from "../../learning/tuned-parameters.ts";
import { meanPool, unitRows } from "../../plm/encoder/pooling.ts";

/** A text with the numbers of its labels, such as tags; they may be none. */
export interface LabelledText extends Learnable {
  readonly labels: readonly number[];
}

/** Temperature τ of the paper. */
const usualTemperature = 0.1;

/**
 * Supervised contrastive loss (Khosla et al. 2020, arXiv 2004.11362): texts that share a label are drawn
 * together among the texts of a run. With unit sentence vectors u, for each text i that has partners P(i)
 * −1/|P(i)| Σ_{j∈P(i)} log softmax_{k≠i}(uᵢ·uₖ/τ)_j; the mean over these texts. `nearest` is the share of
 * them whose nearest text is a partner. Inputs beside those of the tuning: `partners` [batch, batch], rows
 * 1/|P(i)| at partners or zeros; `self` [batch, batch], 1 on the diagonal.
 */
export function tunedContrast(tuned: TunedModel, temperature = usualTemperature): TrainingGraph {
  const { graph, inputs, encode, parameters } = tunedEncoder(tuned);
  const partners = graph.input("partners", "float32", ["batch", "batch"]);
  const self = graph.input("self", "float32", ["batch", "batch"]);
  const vectors = unitRows(meanPool(encode(), inputs));
  const similar = mul(gemm(vectors, vectors, { transB: true }), 1 / temperature);
  const among = sub(similar, mul(self, 10_000)); // a text is not its own partner
  // Texts without partners have rows of zeros; the others' add up to 1.
  const count = add(reduceSum(partners, [0, 1]), 1e-6);
  const loss = div(neg(reduceSum(mul(partners, logSoftmax(among)), [0, 1])), count);
  const best = argMax(among);
  // What the nearest text weighs among the partners, times their number, is 1 or 0.
  const partnerCount = graph.input("partnerCount", "float32", ["batch", 1]);
  const hits = mul(gatherElements(partners, best), partnerCount);
  return { graph, loss, ...parameters, outputs: { nearest: div(reduceSum(hits, [0, 1]), count) } };
}

/** All texts of a step, or of a writer in it, are one run: they are each other's company. */
export function contrastiveObjective<Item extends LabelledText>(
  tuned: TunedModel,
  {
    threads,
    weight,
    temperature,
  }: Omit<ObjectiveOptions, "tokensPerRun"> & { readonly temperature?: number },
): Objective<Item> {
  const { model } = tuned;
  return new Objective<Item>({
    tuned,
    graph: (given) => tunedContrast(given, temperature),
    threads,
    weight,
    runs: async (items) => {
      const groups = [...Map.groupBy(items, ({ writer = soleWriter }) => writer).values()];
      const runs = groups.map((run) => ({ run, ...partnersOf(run) })).filter(({ anchors }) => anchors > 0);
      const total = runs.reduce((sum, { anchors }) => sum + anchors, 0);
      return runs.map(({ run, anchors, feeds }) => ({
        items: run,
        feeds: { ...textFeeds(run, model.tokenizer.specialIds.pad), ...feeds },
        share: anchors / total,
      }));
    },
  });
}

interface Partners {
  /** Texts that have a partner. */
  readonly anchors: number;
  readonly feeds: Readonly<Record<"partners" | "partnerCount" | "self", TensorData>>;
}

function partnersOf(items: readonly LabelledText[]): Partners {
  const size = items.length;
  const [partners, self] = [new Float32Array(size * size), new Float32Array(size * size)];
  const counts = items.map(({ labels }, row) => {
    const shared = items.map(
      (other, at) => at !== row && other.labels.some((label) => labels.includes(label)),
    );
    const count = shared.filter(Boolean).length;
    self[row * size + row] = 1;
    shared.forEach((isPartner, at) => {
      partners[row * size + at] = isPartner ? 1 / count : 0;
    });
    return count;
  });
  return {
    anchors: counts.filter((count) => count > 0).length,
    feeds: {
      partners: { data: partners, shape: [size, size] },
      self: { data: self, shape: [size, size] },
      partnerCount: { data: Float32Array.from(counts), shape: [size, 1] },
    },
  };
}
