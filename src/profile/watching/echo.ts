import { Graph } from "../../graph/graph.ts";
import { mul, sub } from "../../graph/operators/arithmetic.ts";
import { exp } from "../../graph/operators/functions.ts";
import { logSoftmax } from "../../graph/operators/normalisation.ts";
import { reduceSum } from "../../graph/operators/reductions.ts";
import type { GraphSession } from "../../graph/session.ts";
import type { Value } from "../../graph/value.ts";
import { makeBatches, padBatch } from "../../learning/batching.ts";
import { maskedLmFeeds } from "../../learning/masked-lm-graph.ts";
import { type MeasureRhythm, maskingFor } from "../../learning/masked-lm-measure.ts";
import { applyMasks, fixedMasks } from "../../learning/masking.ts";
import type { Passage } from "../../learning/passages.ts";
import { sum } from "../../numbers/mean.ts";
import { createRandom } from "../../numbers/random.ts";
import { bertEncoder } from "../../plm/encoder/bert-encoder.ts";
import { type EncoderInputs, pickedInputs, textInputs } from "../../plm/encoder/encoder-inputs.ts";
import { crossEntropy, maskedLmScores } from "../../plm/heads/masked-lm.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { personalPrompts, promptFeeds, promptInputs, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { EchoReport } from "../report.ts";

/** Strengths at which the personal reading is compared with the general one. */
export const echoStrengths = [0.25, 0.5, 0.75, 1] as const;

/**
 * Guesses of hidden words by personal prompts depart from the general ones by D = KL(personal ‖ general), which is
 * what personal prompts themselves expect to gain; G = general − personal loss is what they gain on the
 * writer's held-out words. Prompts that fit have D ≈ G. Where D is this many times G and more than the floor,
 * the personal reading follows itself and no longer the writer.
 */
const mostTimesGain = 4;
/** Nats a hidden token; a smaller divergence moves no reading. */
const divergenceFloor = 0.1;

export interface DivergenceRequest {
  readonly model: PretrainedModel;
  /** Held-out text of the writer. */
  readonly passages: readonly Passage[];
  readonly shared: SoftPrompts;
  readonly delta: SoftPrompts;
  readonly threads: number;
}

/** Compares personal with general guesses by strength, on the same hidden words. Undefined where none can be hidden. */
export async function measureEcho(
  { model, passages, shared, delta, threads }: DivergenceRequest,
  rhythm: MeasureRhythm = {},
): Promise<EchoReport | undefined> {
  const personal = echoStrengths.map((strength) => personalPrompts(shared, delta, strength));
  const guessing = await openSession(model, guessesGraph(model, shared.length), threads);
  const comparing = await openSession(model, divergenceGraph(model), threads);
  const sums = personal.map(() => ({ divergence: 0, gain: 0 }));
  let masked = 0;
  try {
    for (const { feeds, count } of hiddenWords(model, passages, rhythm.tokensPerRun)) {
      await rhythm.breathe?.();
      const guesses = async (prompts: SoftPrompts) =>
        (await guessing.run({ ...feeds, ...promptFeeds(prompts) }))["guesses"]!;
      const general = await guesses(shared);
      for (const [at, prompts] of personal.entries()) {
        const { divergences, gains } = await comparing.run({
          personal: await guesses(prompts),
          general,
          targets: feeds.targets,
        });
        sums[at]!.divergence += sum(divergences!.data as Float32Array);
        sums[at]!.gain += sum(gains!.data as Float32Array);
      }
      masked += count;
    }
  } finally {
    await guessing.release();
    await comparing.release();
  }
  if (masked === 0) return undefined;
  const strengths = sums.map(({ divergence, gain }, at) => ({
    strength: echoStrengths[at]!,
    divergence: divergence / masked,
    gain: gain / masked,
  }));
  return judgeEcho(masked, strengths);
}

/** @param strengths ascending; the last is full strength */
export function judgeEcho(masked: number, strengths: EchoReport["strengths"]): EchoReport {
  const { divergence, gain } = strengths.at(-1)!;
  const limit = Math.max(divergenceFloor, mostTimesGain * gain);
  return { masked, strengths, limit, isExceeded: divergence > limit };
}

/** Batches of the passages with words hidden: what a guess needs to know, and how many are hidden. */
function* hiddenWords(model: PretrainedModel, passages: readonly Passage[], tokensPerRun = 512) {
  const masks = fixedMasks(passages, maskingFor(model), createRandom("echo"));
  const rows = passages.map(({ ids }, row) => ({ ids, row }));
  const { batches } = makeBatches(rows, { tokensPerBatch: tokensPerRun, random: createRandom("echo") });
  for (const batch of batches) {
    const chosen = batch.map(({ row }) => masks[row]!);
    const hidden = applyMasks(padBatch(batch, model.tokenizer.specialIds.pad), chosen);
    const count = hidden.positions.length;
    if (count > 0) yield { feeds: maskedLmFeeds(hidden), count };
  }
}

const openSession = (
  model: PretrainedModel,
  { graph, outputs }: { readonly graph: Graph; readonly outputs: Readonly<Record<string, Value>> },
  threads: number,
): Promise<GraphSession> => model.compile(graph, outputs, { threads, prepack: false });

/** `guesses`: logarithms of the probabilities of all tokens in the place of each hidden one, [masked, vocabulary]. */
function guessesGraph(model: PretrainedModel, promptLength: number) {
  const graph = new Graph();
  const { config } = model;
  const inputs: EncoderInputs = { ...textInputs(graph), picked: pickedInputs(graph) };
  const weights = model.weights(graph);
  const { prompts } = promptInputs(graph, config, promptLength);
  const { rows } = bertEncoder(config, weights, inputs, { prompts });
  return { graph, outputs: { guesses: logSoftmax(maskedLmScores(config, weights, rows).logits) } };
}

/** Two guesses of the same hidden words compared; `divergences` and `gains` are [masked], in nats. */
function divergenceGraph({ config }: PretrainedModel) {
  const graph = new Graph();
  const guesses = (name: string) => graph.input(name, "float32", ["masked", config.vocab_size]);
  const [personal, general] = [guesses("personal"), guesses("general")];
  const targets = graph.input("targets", "int64", ["masked"]);
  const divergences = reduceSum(mul(exp(personal), sub(personal, general)), [1]);
  const gains = sub(crossEntropy(general, targets), crossEntropy(personal, targets));
  return { graph, outputs: { divergences, gains } };
}
