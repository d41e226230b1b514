import { Graph } from "../../graph/graph.ts";
import { reshape } from "../../graph/operators/views.ts";
import type { GraphSession, TensorData } from "../../graph/session.ts";
import { cheapestRuns, padBatch } from "../../learning/batching.ts";
import type { Passage } from "../../learning/passages.ts";
import { bertEncoder } from "../../plm/encoder/bert-encoder.ts";
import { checkLength, type EncoderInputs, textInputs } from "../../plm/encoder/encoder-inputs.ts";
import { meanPool, unitRows } from "../../plm/encoder/pooling.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { PromptSessions } from "../../prompts/prompt-sessions.ts";
import { promptFeeds, promptInputs, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { OrdinalScale } from "../head/ordinal-scale.ts";
import { toneScale } from "../head/tone-calibration.ts";
import { readToneHead, toneThresholds } from "../head/tone-head.ts";

/** What one pass over a text gives. */
export interface EncodedReading {
  /** Mean of the last hidden states, of length 1; [d]. */
  readonly vector: Float32Array;
  /** Latent valence, unbounded; undefined for a model without a sentiment head. */
  readonly valence: number | undefined;
  /** The text's own scale, of a head of location and scale. */
  readonly textScale?: number;
}

/** How long runs may be, where that is found out while reading. */
export interface RunPace {
  /** Tokens, padding included, of the next uninterrupted runs. A single longer text is still one run. */
  readonly tokensPerRun: number;
  /** Is told how long a run took. */
  ran(tokens: number, ms: number): void;
}

export interface TextEncoderOptions {
  readonly threads: number;
  /** Tokens, padding included, of one uninterrupted run; 1024 if absent. */
  readonly tokensPerRun?: number;
  /** Takes the place of `tokensPerRun`. */
  readonly pace?: RunPace;
  /** Whether products with matrices that the model stores in 8 bits are computed in 8 bits, where the machine can: they are if absent. */
  readonly products?: "rounded" | "full";
}

/**
 * Reads texts with a frozen model, with prompts or without: one pass gives the sentence vector and the
 * latent valence. Texts of similar length share a run; a reading does not depend on what it is batched
 * with. Sessions are compiled on first use, one for each prompt length; `release` them.
 */
export class TextEncoder {
  readonly #model: PretrainedModel;
  readonly #options: TextEncoderOptions;
  readonly #sessions: PromptSessions;
  #thresholds: Promise<Float32Array | undefined> | undefined;

  constructor(model: PretrainedModel, options: TextEncoderOptions) {
    this.#model = model;
    this.#options = options;
    this.#sessions = new PromptSessions((promptLength) => {
      const { graph, outputs } = readingGraph(model, promptLength, options.products);
      return model.compile(graph, outputs, { threads: options.threads });
    });
  }

  /**
   * One reading for each text, in order. Between runs it waits for `breathe`, where a caller may cancel by
   * throwing. Throws InputTooLongError for a text that does not fit the model: nothing is cut silently.
   */
  async read(
    texts: readonly Pick<Passage, "ids">[],
    prompts?: SoftPrompts,
    breathe: () => Promise<void> = async () => undefined,
  ): Promise<readonly EncodedReading[]> {
    for (const { ids } of texts) checkLength(this.#model.config, ids.length);
    const session = await this.#sessions.get(prompts?.length ?? 0);
    const rows = texts.map(({ ids }, row) => ({ ids, row }));
    const tokensPerRun = this.#options.pace?.tokensPerRun ?? this.#options.tokensPerRun ?? 1024;
    const readings: EncodedReading[] = new Array(texts.length);
    for (const batch of cheapestRuns(rows, tokensPerRun)) {
      await breathe();
      const results = await this.#run(session, batch, prompts);
      for (const [at, { row }] of batch.entries()) {
        readings[row] = results[at]!;
      }
    }
    return readings;
  }

  /** The head's four ascending thresholds between five classes; undefined for a model without one. */
  thresholds(): Promise<Float32Array | undefined> {
    this.#thresholds ??= this.#readThresholds();
    return this.#thresholds;
  }

  /** The scale that readings of tone are made on; undefined for a model without a head for it. */
  async scale(): Promise<OrdinalScale | undefined> {
    const trained = await this.thresholds();
    return trained && toneScale(this.#model.config, trained);
  }

  release(): Promise<void> {
    return this.#sessions.release();
  }

  async #run(
    session: GraphSession,
    batch: readonly Pick<Passage, "ids">[],
    prompts: SoftPrompts | undefined,
  ): Promise<readonly EncodedReading[]> {
    const padded = padBatch(batch, this.#model.tokenizer.specialIds.pad);
    const shape = [padded.batch, padded.length];
    const feeds: Record<string, TensorData> = {
      ids: { data: padded.ids, shape },
      mask: { data: padded.mask, shape },
      ...(prompts === undefined ? {} : promptFeeds(prompts)),
    };
    const startedMs = performance.now();
    const { vectors, valences, scales } = await session.run(feeds);
    this.#options.pace?.ran(padded.batch * padded.length, performance.now() - startedMs);
    const d = this.#model.config.hidden_size;
    return batch.map((_, row) => ({
      vector: (vectors!.data as Float32Array).slice(row * d, (row + 1) * d),
      valence: valences === undefined ? undefined : Number(valences.data[row]),
      ...(scales === undefined ? {} : { textScale: Number(scales.data[row]) }),
    }));
  }

  async #readThresholds(): Promise<Float32Array | undefined> {
    if (!this.#model.directory.heads.sentiment) {
      return undefined;
    }
    const graph = new Graph();
    const thresholds = reshape(toneThresholds(this.#model.weights(graph)), [4]);
    const session = await this.#model.compile(graph, { thresholds }, { threads: 1 });
    const results = await session.run({});
    await session.release();
    return results["thresholds"]!.data as Float32Array;
  }
}

function readingGraph(
  model: PretrainedModel,
  promptLength: number,
  products: TextEncoderOptions["products"] = "rounded",
) {
  const graph = new Graph();
  const inputs: EncoderInputs = textInputs(graph);
  const weights = products === "rounded" ? model.readingWeights(graph) : model.weights(graph);
  const prompts = promptLength > 0 ? promptInputs(graph, model.config, promptLength).prompts : undefined;
  const { rows } = bertEncoder(model.config, weights, inputs, { prompts });
  const vectors = unitRows(meanPool(rows, inputs));
  if (!model.directory.heads.sentiment) return { graph, outputs: { vectors } };
  const { location: valences, scale: scales } = readToneHead(model.config, weights, rows, inputs);
  return { graph, outputs: { vectors, valences, ...(scales === undefined ? {} : { scales }) } };
}
