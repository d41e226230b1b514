import type { TensorData } from "../graph/session.ts";
import type { Value } from "../graph/value.ts";
import { pickedInputs } from "../plm/encoder/encoder-inputs.ts";
import {
  crossEntropy,
  type MaskedLmScores,
  maskedLmScores,
  meanCrossEntropyGradient,
} from "../plm/heads/masked-lm.ts";
import type { MaskedBatch } from "./masking.ts";
import { type TunedEncoder, type TunedModel, tunedEncoder } from "./tuned-encoder.ts";

/** What a graph of hidden words is fed, beside the inputs of its tuning. */
export interface MaskedLmFeeds {
  /** Token ids, [batch, length]. */
  readonly ids: TensorData;
  /** 1 at tokens, 0 at padding; [batch, length]. */
  readonly mask: TensorData;
  /** For each sequence its masked rows of [batch·length], filled up with its first row; [batch, picked]. */
  readonly picked: TensorData;
  /** The masked ones among the picked, as numbers in [0, batch·picked); [masked]. */
  readonly positions: TensorData;
  /** The true tokens there; [masked]. */
  readonly targets: TensorData;
}

/** A batch as the graph wants it. The record holds every name that a session asks for. */
export function maskedLmFeeds(batch: MaskedBatch): Readonly<Record<keyof MaskedLmFeeds, TensorData>> {
  const { length, positions } = batch;
  const rowOf = (position: bigint): number => Math.floor(Number(position) / length);
  const counts = new Uint32Array(batch.batch);
  const places = Array.from(positions, (position) => counts[rowOf(position)]!++);
  const most = Math.max(1, ...counts);
  const picked = BigInt64Array.from({ length: batch.batch * most }, (_, at) =>
    BigInt(Math.floor(at / most) * length),
  );
  const masked = BigInt64Array.from(positions, (position, at) =>
    BigInt(rowOf(position) * most + places[at]!),
  );
  masked.forEach((place, at) => {
    picked[Number(place)] = positions[at]!;
  });
  const shape = [batch.batch, length];
  return {
    ids: { data: batch.ids, shape },
    mask: { data: batch.mask, shape },
    picked: { data: picked, shape: [batch.batch, most] },
    positions: { data: masked, shape: [masked.length] },
    targets: { data: batch.targets, shape: [masked.length] },
  };
}

/** A tuned model that guesses hidden words. Inputs: see MaskedLmFeeds, and those of the tuning. */
export interface MaskedLmGraph extends Pick<TunedEncoder, "graph" | "parameters"> {
  readonly scores: MaskedLmScores;
  /** The true tokens, [masked]. */
  readonly targets: Value;
  /** In nats, [masked]. */
  readonly losses: Value;
  /** Gradient of the mean loss by the head's states. */
  readonly gradient: () => Value;
}

export function maskedLmGraph(tuned: TunedModel): MaskedLmGraph {
  const { graph, encode, weights, parameters } = tunedEncoder(tuned);
  const picked = pickedInputs(graph);
  const targets = graph.input("targets", "int64", ["masked"]);
  const { config } = tuned.model;
  const scores = maskedLmScores(config, weights, encode(picked));
  const losses = crossEntropy(scores.logits, targets);
  const gradient = () => meanCrossEntropyGradient(config, weights, scores, targets);
  return { graph, parameters, scores, targets, losses, gradient };
}
