import { Graph } from "../graph/graph.ts";
import { logSoftmax } from "../graph/operators/normalisation.ts";
import { bertEncoder } from "../plm/encoder/bert-encoder.ts";
import { checkLength, pickedInputs, textInputs } from "../plm/encoder/encoder-inputs.ts";
import { maskedLmScores } from "../plm/heads/masked-lm.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { PromptSessions } from "../prompts/prompt-sessions.ts";
import { promptFeeds, promptInputs, type SoftPrompts } from "../prompts/soft-prompts.ts";
import type { HiddenWord } from "./hide-word.ts";

/** Guesses hidden words. Sessions are compiled on first use, one for each prompt length; `release` them. */
export class WordGuesser {
  readonly #model: PretrainedModel;
  readonly #sessions: PromptSessions;

  constructor(model: PretrainedModel, { threads }: { readonly threads: number }) {
    this.#model = model;
    this.#sessions = new PromptSessions((promptLength) => {
      const { graph, outputs } = guessingGraph(model, promptLength);
      // It is open beside the session that reads: memory is worth more here than speed.
      return model.compile(graph, outputs, { threads, prepack: false });
    });
  }

  /**
   * How likely each token is at the hidden place, log-probabilities in nats, [vocabulary]: in one pass over the text.
   * Throws MissingHeadError for a model that was not trained on hidden words, InputTooLongError.
   */
  async guess({ ids, position }: HiddenWord, prompts: SoftPrompts | undefined): Promise<Float32Array> {
    checkLength(this.#model.config, ids.length);
    const session = await this.#sessions.get(prompts?.length ?? 0);
    const shape = [1, ids.length];
    const { logProbabilities } = await session.run({
      ids: { data: BigInt64Array.from(ids, BigInt), shape },
      mask: { data: new Float32Array(ids.length).fill(1), shape },
      picked: { data: BigInt64Array.of(BigInt(position)), shape: [1, 1] },
      positions: { data: BigInt64Array.of(0n), shape: [1] },
      ...(prompts === undefined ? {} : promptFeeds(prompts)),
    });
    return logProbabilities!.data as Float32Array;
  }

  release(): Promise<void> {
    return this.#sessions.release();
  }
}

function guessingGraph(model: PretrainedModel, promptLength: number) {
  const graph = new Graph();
  const weights = model.weights(graph);
  const inputs = { ...textInputs(graph), picked: pickedInputs(graph) };
  const prompts = promptLength > 0 ? promptInputs(graph, model.config, promptLength).prompts : undefined;
  const { rows } = bertEncoder(model.config, weights, inputs, { prompts });
  const { logits } = maskedLmScores(model.config, weights, rows);
  return { graph, outputs: { logProbabilities: logSoftmax(logits) } };
}
