import { Graph } from "../../graph/graph.ts";
import { mul, sub } from "../../graph/operators/arithmetic.ts";
import { exp } from "../../graph/operators/functions.ts";
import { logSoftmax } from "../../graph/operators/normalisation.ts";
import { reduceSum } from "../../graph/operators/reductions.ts";
import type { GraphSession, TensorData } from "../../graph/session.ts";
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
  request: DivergenceRequest,
  rhythm: MeasureRhythm = {},
): Promise<EchoReport | undefined> {
  const { model, passages, shared, delta, threads } = request;
  const { graph, outputs } = divergenceGraph(model, shared.length);
  const session = await model.compile(graph, outputs, { threads, prepack: false });
  const strengths: EchoReport["strengths"] = [];
  let masked = 0;
  try {
    for (const strength of echoStrengths) {
      const personal = personalPrompts(shared, delta, strength);
      const sums = await divergenceOf(session, model, passages, { shared, personal }, rhythm);
      masked = sums.masked;
      if (masked === 0) return undefined;
      strengths.push({ strength, divergence: sums.divergence / masked, gain: sums.gain / masked });
    }
  } finally {
    await session.release();
  }
  return judgeEcho(masked, strengths);
}

/** @param strengths ascending; the last is full strength */
export function judgeEcho(masked: number, strengths: EchoReport["strengths"]): EchoReport {
  const { divergence, gain } = strengths.at(-1)!;
  const limit = Math.max(divergenceFloor, mostTimesGain * gain);
  return { masked, strengths, limit, isExceeded: divergence > limit };
}

async function divergenceOf(
  session: GraphSession,
  model: PretrainedModel,
  passages: readonly Passage[],
  prompts: { readonly shared: SoftPrompts; readonly personal: SoftPrompts },
  { tokensPerRun = 512, breathe }: MeasureRhythm,
): Promise<{ readonly masked: number; readonly divergence: number; readonly gain: number }> {
  const masks = fixedMasks(passages, maskingFor(model), createRandom("echo"));
  const rows = passages.map(({ ids }, row) => ({ ids, row }));
  const { batches } = makeBatches(rows, { tokensPerBatch: tokensPerRun, random: createRandom("echo") });
  const feeds = { ...promptFeeds(prompts.personal), ...generalFeeds(prompts.shared) };
  let [masked, divergence, gain] = [0, 0, 0];
  for (const batch of batches) {
    await breathe?.();
    const chosen = batch.map(({ row }) => masks[row]!);
    const hidden = applyMasks(padBatch(batch, model.tokenizer.specialIds.pad), chosen);
    if (hidden.positions.length === 0) continue;
    const { divergences, gains } = await session.run({ ...maskedLmFeeds(hidden), ...feeds });
    masked += hidden.positions.length;
    divergence += sum(divergences!.data as Float32Array);
    gain += sum(gains!.data as Float32Array);
  }
  return { masked, divergence, gain };
}

/** Reads the same masked batch with two sets of prompts; `divergences` and `gains` are [masked], in nats. */
function divergenceGraph(model: PretrainedModel, promptLength: number) {
  const graph = new Graph();
  const { config } = model;
  const inputs: EncoderInputs = { ...textInputs(graph), picked: pickedInputs(graph) };
  const targets = graph.input("targets", "int64", ["masked"]);
  const weights = model.weights(graph);
  const shape = [promptLength, config.hidden_size];
  const general = Array.from({ length: config.num_hidden_layers }, (_, layer) =>
    graph.input(generalName(layer), "float32", shape),
  );
  const logits = (prompts: (layer: number) => Value | undefined): Value =>
    maskedLmScores(config, weights, bertEncoder(config, weights, inputs, { prompts }).rows).logits;
  const own = logits(promptInputs(graph, config, promptLength).prompts);
  const others = logits((layer) => general[layer]);
  const [logOwn, logOthers] = [logSoftmax(own), logSoftmax(others)];
  const divergences = reduceSum(mul(exp(logOwn), sub(logOwn, logOthers)), [1]);
  const gains = sub(crossEntropy(others, targets), crossEntropy(own, targets));
  return { graph, outputs: { divergences, gains } };
}

function generalFeeds(prompts: SoftPrompts): Readonly<Record<string, TensorData>> {
  return Object.fromEntries(
    Object.values(promptFeeds(prompts)).map((data, layer) => [generalName(layer), data]),
  );
}

const generalName = (layer: number): string => `general.${layer}`;
