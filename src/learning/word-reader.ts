import { Graph } from "../graph/graph.ts";
import type { GraphSession } from "../graph/session.ts";
import { createRandom } from "../numbers/random.ts";
import { bertEncoder } from "../plm/encoder/bert-encoder.ts";
import { textInputs } from "../plm/encoder/encoder-inputs.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { PromptSessions } from "../prompts/prompt-sessions.ts";
import { promptFeeds, promptInputs, type SoftPrompts } from "../prompts/soft-prompts.ts";
import { makeBatches, padBatch } from "./batching.ts";
import { noWord, type Passage } from "./passages.ts";

/** A passage, and those of its words whose vectors are wanted, as the passage counts them. */
export interface PointedPassage {
  readonly passage: Passage;
  readonly words: readonly number[];
}

export interface WordReaderOptions {
  readonly threads: number;
  /** Tokens, padding included, of one uninterrupted run; 1024 if absent. */
  readonly tokensPerRun?: number;
  /** Awaited before each run; a caller may cancel by throwing. */
  readonly breathe?: () => Promise<void>;
}

/** Reads words in their contexts: the mean of a word's last hidden states. `release` it. */
export class WordReader {
  readonly #model: PretrainedModel;
  readonly #options: WordReaderOptions;
  readonly #sessions: PromptSessions;

  constructor(model: PretrainedModel, options: WordReaderOptions) {
    this.#model = model;
    this.#options = options;
    this.#sessions = new PromptSessions((promptLength) => {
      const { graph, outputs } = statesGraph(model, promptLength);
      return model.compile(graph, outputs, { threads: options.threads });
    });
  }

  /** For each passage one vector [d] for each of its words that are pointed at, in their order. */
  async read(
    pointed: readonly PointedPassage[],
    prompts: SoftPrompts | undefined,
  ): Promise<readonly (readonly Float32Array[])[]> {
    const { tokensPerRun: tokensPerBatch = 1024, breathe } = this.#options;
    const session = await this.#sessions.get(prompts?.length ?? 0);
    const vectors: (readonly Float32Array[])[] = new Array(pointed.length);
    const rows = pointed.map(({ passage }, row) => ({ ids: passage.ids, row }));
    for (const batch of makeBatches(rows, { tokensPerBatch, random: createRandom("words") }).batches) {
      await breathe?.();
      const read = await this.#run(
        session,
        batch.map(({ row }) => pointed[row]!),
        prompts,
      );
      for (const [at, { row }] of batch.entries()) vectors[row] = read[at]!;
    }
    return vectors;
  }

  release(): Promise<void> {
    return this.#sessions.release();
  }

  async #run(
    session: GraphSession,
    batch: readonly PointedPassage[],
    prompts: SoftPrompts | undefined,
  ): Promise<readonly (readonly Float32Array[])[]> {
    const padded = padBatch(
      batch.map(({ passage }) => passage),
      this.#model.tokenizer.specialIds.pad,
    );
    const shape = [padded.batch, padded.length];
    const { states } = await session.run({
      ids: { data: padded.ids, shape },
      mask: { data: padded.mask, shape },
      ...(prompts === undefined ? {} : promptFeeds(prompts)),
    });
    const d = this.#model.config.hidden_size;
    const rows = states!.data as Float32Array;
    return batch.map(({ passage, words }, row) => {
      const own = rows.subarray(row * padded.length * d, (row + 1) * padded.length * d);
      return words.map((word) => meanState(passage, word, own, d));
    });
  }
}

function meanState({ words }: Passage, word: number, states: Float32Array, d: number): Float32Array {
  const mean = new Float32Array(d);
  let tokens = 0;
  words.forEach((of, token) => {
    if (of !== word || of === noWord) return;
    tokens += 1;
    for (let at = 0; at < d; at++) mean[at]! += states[token * d + at]!;
  });
  return mean.map((sum) => sum / Math.max(1, tokens));
}

/** `states` are the last hidden states, [batch·length, d]. */
function statesGraph(model: PretrainedModel, promptLength: number) {
  const graph = new Graph();
  const inputs = textInputs(graph);
  const prompts = promptLength > 0 ? promptInputs(graph, model.config, promptLength).prompts : undefined;
  const { rows } = bertEncoder(model.config, model.weights(graph), inputs, { prompts });
  return { graph, outputs: { states: rows } };
}
