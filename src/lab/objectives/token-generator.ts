import { Graph } from "../../graph/graph.ts";
import { softmax } from "../../graph/operators/normalisation.ts";
import type { GraphSession, TensorData } from "../../graph/session.ts";
import { maskedLmFeeds } from "../../learning/masked-lm-graph.ts";
import type { MaskedBatch } from "../../learning/masking.ts";
import type { Random } from "../../numbers/random.ts";
import { bertEncoder } from "../../plm/encoder/bert-encoder.ts";
import { pickedInputs, textInputs } from "../../plm/encoder/encoder-inputs.ts";
import { maskedLmScores } from "../../plm/heads/masked-lm.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";

/** Draws words in the place of hidden ones, each with the generator's probability. */
export class TokenGenerator {
  readonly #generator: PretrainedModel;
  readonly #threads: number;
  #session: Promise<GraphSession> | undefined;

  constructor(generator: PretrainedModel, threads: number) {
    this.#generator = generator;
    this.#threads = threads;
  }

  async replace(batch: MaskedBatch, random: Random): Promise<Readonly<Record<string, TensorData>>> {
    this.#session ??= openGeneratorSession(this.#generator, this.#threads);
    const ids = batch.ids.slice();
    const replaced = new Float32Array(ids.length);
    if (batch.positions.length > 0) {
      const { probabilities } = await (await this.#session).run(maskedLmFeeds(batch));
      const shares = probabilities!.data as Float32Array;
      const vocabulary = probabilities!.shape[1]!;
      batch.positions.forEach((position, row) => {
        const drawn = BigInt(draw(shares.subarray(row * vocabulary, (row + 1) * vocabulary), random()));
        ids[Number(position)] = drawn;
        replaced[Number(position)] = drawn === batch.targets[row] ? 0 : 1;
      });
    }
    const shape = [batch.batch, batch.length];
    return {
      ids: { data: ids, shape },
      mask: { data: batch.mask, shape },
      replaced: { data: replaced, shape },
    };
  }

  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await (await session)?.release();
  }
}

function openGeneratorSession(generator: PretrainedModel, threads: number): Promise<GraphSession> {
  const graph = new Graph();
  const inputs = { ...textInputs(graph), picked: pickedInputs(graph) };
  const weights = generator.weights(graph);
  const { rows } = bertEncoder(generator.config, weights, inputs);
  const probabilities = softmax(maskedLmScores(generator.config, weights, rows).logits);
  return generator.compile(graph, { probabilities }, { threads });
}

/** The place at which the running sum of the shares passes `point`, in [0, 1). */
function draw(shares: Float32Array, point: number): number {
  let left = point;
  for (let at = 0; at < shares.length; at++) {
    left -= shares[at]!;
    if (left < 0) {
      return at;
    }
  }
  return shares.length - 1;
}
