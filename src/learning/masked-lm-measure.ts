import { argMax } from "../graph/operators/reductions.ts";
import type { TensorData } from "../graph/session.ts";
import { createRandom } from "../numbers/random.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { PromptSessions } from "../prompts/prompt-sessions.ts";
import { promptTuning } from "../prompts/prompt-tuning.ts";
import { type SoftPrompts, zeroPrompts } from "../prompts/soft-prompts.ts";
import { headOnly, type Tuning } from "../prompts/tuning.ts";
import { makeBatches, padBatch } from "./batching.ts";
import { type MaskedLmFeeds, maskedLmFeeds, maskedLmGraph } from "./masked-lm-graph.ts";
import {
  applyMasks,
  fixedMasks,
  type MaskedBatch,
  type MaskingOptions,
  type PassageMask,
} from "./masking.ts";
import type { Passage } from "./passages.ts";
import type { TunedModel } from "./tuned-encoder.ts";

/** What a masked-LM reading of some passages gave. Losses are sums of nats over masked tokens. */
export interface MaskedLmScore {
  readonly masked: number;
  readonly loss: number;
  /** Masked tokens whose likeliest token is the true one. */
  readonly right: number;
}

/** Mean loss in nats, perplexity = exp(mean loss), share of masked tokens guessed right. */
export interface MaskedLmFigures {
  readonly loss: number;
  readonly perplexity: number;
  readonly top1: number;
}

/** Sums the scores of passages; undefined of none. */
export function maskedLmFigures(scores: readonly MaskedLmScore[]): MaskedLmFigures | undefined {
  const masked = scores.reduce((sum, score) => sum + score.masked, 0);
  if (masked === 0) {
    return undefined;
  }
  const loss = scores.reduce((sum, score) => sum + score.loss, 0) / masked;
  return {
    loss,
    perplexity: Math.exp(loss),
    top1: scores.reduce((sum, { right }) => sum + right, 0) / masked,
  };
}

/** What masks of words are drawn with. */
export function maskingFor({ tokenizer }: PretrainedModel): MaskingOptions {
  const { first, end } = tokenizer.ordinaryIds;
  return { maskId: tokenizer.specialIds.mask, firstWordId: first, vocabularySize: end };
}

/** How a measurement goes on; both are as `IntermediateLearning` has them. */
export interface MeasureRhythm {
  /** Tokens, padding included, of one uninterrupted run of the model; 1024 if absent. */
  readonly tokensPerRun?: number;
  /** Awaited before each run; a caller may cancel by throwing. */
  readonly breathe?: () => Promise<void>;
}

/**
 * Scores passages with fixed masks, which depend on seed and order alone: all prompts are measured on
 * the same tokens. One session for readings without prompts and one for each prompt length, made on
 * first use; `release` them.
 */
export class MaskedLmMeasure {
  readonly #model: PretrainedModel;
  readonly #sessions: PromptSessions;

  /** @param finite whether a loss of NaN or ∞ is an error; while prompts are trained it is a sign. Default: true. */
  constructor(model: PretrainedModel, threads: number, finite = true) {
    this.#model = model;
    this.#sessions = new PromptSessions((promptLength) => {
      const tuning = readingTuning(promptLength > 0 ? zeroPrompts(model.config, promptLength) : undefined);
      const { graph, outputs } = maskedLmReading({ model, tuning });
      // It is open beside the training session: 49 MiB less of memory is worth more here than its speed.
      return model.compile(graph, outputs, { threads, prepack: false, finite });
    });
  }

  /** One score for each passage, in their order. */
  async scores(
    passages: readonly Passage[],
    prompts: SoftPrompts | undefined,
    seed: string,
    rhythm: MeasureRhythm = {},
  ): Promise<readonly MaskedLmScore[]> {
    const session = await this.#sessions.get(prompts?.length ?? 0);
    const { values } = readingTuning(prompts);
    const feeds = Object.fromEntries(
      values.map(({ name, shape, start }) => [name, { data: start(), shape }]),
    );
    const read: MaskedLmReader = (words) => session.run({ ...words, ...feeds });
    return scorePassages(this.#model, passages, read, seed, rhythm);
  }

  /** Gives the memory of the sessions back; the next measurement makes them anew. */
  release(): Promise<void> {
    return this.#sessions.release();
  }
}

/** Prompts that are all given. */
function readingTuning(prompts: SoftPrompts | undefined): Tuning {
  return prompts === undefined ? headOnly : promptTuning({ shared: prompts, trains: "shared" });
}

/** For measuring: `losses` [masked] in nats and `best` [masked, 1], the likeliest token's id. */
export function maskedLmReading(tuned: TunedModel) {
  const { graph, scores, losses } = maskedLmGraph(tuned);
  return { graph, outputs: { losses, best: argMax(scores.logits) } };
}

/** Reads a batch whose feeds are those of MaskedLmFeeds: `losses` [masked] in nats, `best` [masked, 1], a token's id. */
export type MaskedLmReader = (
  feeds: Readonly<Record<keyof MaskedLmFeeds, TensorData>>,
) => Promise<Readonly<Record<string, TensorData>>>;

/** One score for each passage, in their order; masks depend on seed and order alone. */
export async function scorePassages(
  model: PretrainedModel,
  passages: readonly Passage[],
  read: MaskedLmReader,
  seed: string,
  { tokensPerRun = 1024, breathe }: MeasureRhythm = {},
): Promise<readonly MaskedLmScore[]> {
  const masks = fixedMasks(passages, maskingFor(model), createRandom(seed));
  const scores: MaskedLmScore[] = new Array(passages.length);
  const rows = passages.map(({ ids }, row) => ({ ids, row }));
  const { batches } = makeBatches(rows, { tokensPerBatch: tokensPerRun, random: createRandom(seed) });
  for (const batch of batches) {
    await breathe?.();
    const chosen = batch.map(({ row }) => masks[row]!);
    const hidden = applyMasks(padBatch(batch, model.tokenizer.specialIds.pad), chosen);
    const results = scoreBatch(chosen, hidden, await read(maskedLmFeeds(hidden)));
    for (const [at, { row }] of batch.entries()) {
      scores[row] = results[at]!;
    }
  }
  return scores;
}

function scoreBatch(
  masks: readonly PassageMask[],
  { targets }: MaskedBatch,
  { losses, best }: Readonly<Record<string, TensorData>>,
): readonly MaskedLmScore[] {
  let at = 0;
  return masks.map(({ positions }) => {
    let [loss, right] = [0, 0];
    for (const end = at + positions.length; at < end; at++) {
      loss += Number(losses!.data[at]);
      right += best!.data[at] === targets[at] ? 1 : 0;
    }
    return { masked: positions.length, loss, right };
  });
}
