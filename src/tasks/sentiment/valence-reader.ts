import { Graph } from "../../graph/graph.ts";
import type { GraphSession } from "../../graph/session.ts";
import { makeBatches, padBatch } from "../../learning/batching.ts";
import type { Passage } from "../../learning/passages.ts";
import { createRandom } from "../../learning/random.ts";
import { bertEncoder } from "../../plm/bert-encoder.ts";
import { meanPool, unitRows } from "../../plm/pooling.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { promptFeeds, promptInputs, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import { latentValence } from "./ordinal-head.ts";

/** What a model says about one text, before any scale or writer. */
export interface LatentReading {
  /** Unbounded; where it lies between the thresholds of a scale gives the class. */
  readonly latent: number;
  /** Unit sentence vector: the mean of the last hidden states, scaled to length 1. */
  readonly vector: Float32Array;
}

const tokensPerRun = 1024;

/**
 * Reads latent valence and sentence vector of passages in one pass, with prompts or without. One session
 * for readings without prompts and one for each prompt length, made on first use; `release` them.
 */
export class ValenceReader {
  readonly #model: PretrainedModel;
  readonly #threads: number;
  readonly #sessions = new Map<number, Promise<GraphSession>>();

  constructor(model: PretrainedModel, threads: number) {
    this.#model = model;
    this.#threads = threads;
  }

  /** One reading for each passage, in their order. */
  async read(passages: readonly Passage[], prompts?: SoftPrompts): Promise<readonly LatentReading[]> {
    const session = await this.#session(prompts?.length ?? 0);
    const readings: LatentReading[] = new Array(passages.length);
    const rows = passages.map(({ ids }, row) => ({ ids, row }));
    // The order of batches is of no consequence: every reading is the same whatever it is batched with.
    const { batches } = makeBatches(rows, { tokensPerBatch: tokensPerRun, random: createRandom("batches") });
    for (const batch of batches) {
      const padded = padBatch(batch, this.#model.tokenizer.specialIds.pad);
      const shape = [padded.batch, padded.length];
      const { latents, vectors } = await session.run({
        ids: { data: padded.ids, shape },
        mask: { data: padded.mask, shape },
        ...(prompts === undefined ? {} : promptFeeds(prompts)),
      });
      const d = this.#model.config.hidden_size;
      for (const [at, { row }] of batch.entries()) {
        const vector = (vectors!.data as Float32Array).slice(at * d, (at + 1) * d);
        readings[row] = { latent: Number(latents!.data[at]), vector };
      }
    }
    return readings;
  }

  async release(): Promise<void> {
    for (const session of this.#sessions.values()) await (await session).release();
    this.#sessions.clear();
  }

  #session(promptLength: number): Promise<GraphSession> {
    const known = this.#sessions.get(promptLength);
    if (known !== undefined) return known;
    const made = compile(this.#model, promptLength, this.#threads);
    this.#sessions.set(promptLength, made);
    return made;
  }
}

function compile(model: PretrainedModel, promptLength: number, threads: number): Promise<GraphSession> {
  const graph = new Graph();
  const inputs = {
    ids: graph.input("ids", "int64", ["batch", "length"]),
    mask: graph.input("mask", "float32", ["batch", "length"]),
  };
  const prompts = promptLength === 0 ? undefined : promptInputs(graph, model.config, promptLength).prompts;
  const weights = model.weights(graph);
  const { rows } = bertEncoder(model.config, weights, inputs, prompts);
  const latents = latentValence(weights, rows, inputs); // [B, 1]
  return model.compile(graph, { latents, vectors: unitRows(meanPool(rows, inputs)) }, { threads });
}
