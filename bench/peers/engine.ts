import { Graph } from "../../src/graph/graph.ts";
import { reduceMean } from "../../src/graph/operators/reductions.ts";
import type { TensorData } from "../../src/graph/session.ts";
import type { Value } from "../../src/graph/value.ts";
import { maskedLmFeeds } from "../../src/learning/masked-lm-graph.ts";
import type { MaskedBatch } from "../../src/learning/masking.ts";
import { Adam } from "../../src/learning/optimiser/adam.ts";
import {
  type TrainingGraph,
  TrainingSession,
  type TrainingSessionOptions,
} from "../../src/learning/training-session.ts";
import { bertEncoder } from "../../src/plm/encoder/bert-encoder.ts";
import { textInputs } from "../../src/plm/encoder/encoder-inputs.ts";
import type { WeightSource } from "../../src/plm/encoder/layers.ts";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import { encoderTensors, mlmHeadTensors } from "../../src/plm/files/tensor-shapes.ts";
import { crossEntropy, maskedLmLogits } from "../../src/plm/heads/masked-lm.ts";
import { adamRates, type Contestant, type Products, type TimedStep, type Training } from "../contestant.ts";
import type { Workplace } from "../workplace.ts";
import { promptParameters, promptTraining } from "./prompt-training.ts";

/** This project's own engine, with the sessions and the optimiser that learning uses. */
export interface Engine extends Contestant {
  /** One optimiser step over several runs of the model, as learning cuts it. */
  stepInRuns(runs: readonly MaskedBatch[]): Promise<TimedStep>;
}

export async function startEngine(
  place: Workplace,
  training: Training,
  products: Products,
  rate = adamRates[training],
): Promise<Engine> {
  const { model, settings, prompts } = place;
  const parameters =
    training === "prompts"
      ? promptParameters(prompts)
      : Object.fromEntries(
          trainedTensors(model.config).map((name) => [name, model.directory.tensor(name).data]),
        );
  const session = await openTraining(place, training, products);
  const exact = products === "full" ? session : await openTraining(place, training, "full");
  const adam = new Adam([{ parameters }]);
  const stepInRuns = async (runs: readonly MaskedBatch[]): Promise<TimedStep> => {
    const startMs = performance.now();
    const total = runs.reduce((sum, { positions }) => sum + positions.length, 0);
    let loss = 0;
    let sums: Readonly<Record<string, Float32Array>> | undefined;
    for (const run of runs) {
      const step = await session.step(parameters, stepFeeds(run, training));
      const share = run.positions.length / total;
      loss += share * step.loss;
      sums = share === 1 ? step.gradients : addScaled(sums, step.gradients, share);
    }
    adam.step(sums ?? {}, rate);
    return { loss, milliseconds: performance.now() - startMs };
  };
  return {
    name: `Idiolect (onnxruntime-node, ${settings.threads} threads${productsNote(products)})`,
    stepInRuns,
    step: (batch) => stepInRuns([batch]),
    measure: async (batch) => (await exact.step(parameters, stepFeeds(batch, training))).loss,
    close: async () => {
      await session.release();
      if (exact !== session) await exact.release();
    },
  };
}

export const productsNote = (products: Products): string => (products === "full" ? "" : ", 8-bit products");

function addScaled(
  sums: Readonly<Record<string, Float32Array>> | undefined,
  gradients: Readonly<Record<string, Float32Array>>,
  share: number,
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => {
      const before = sums?.[name];
      return [name, gradient.map((number, at) => (before?.[at] ?? 0) + share * number)];
    }),
  );
}

/** A training session; with `profilePrefix`, releasing it leaves a profile. */
export function openTraining(
  { model, settings, prompts }: Workplace,
  training: Training,
  products: Products,
  profilePrefix?: string,
): Promise<TrainingSession> {
  const graph =
    training === "prompts" ? promptTraining(model, prompts, products) : weightTraining(model.config);
  const compile: TrainingSessionOptions["compile"] = (bytes, given) => model.compileModel(bytes, given);
  return TrainingSession.create(graph, {
    threads: settings.threads,
    ...(profilePrefix === undefined ? {} : { profilePrefix }),
    ...(training === "prompts" ? { compile } : {}),
  });
}

export function stepFeeds(batch: MaskedBatch, training: Training): Readonly<Record<string, TensorData>> {
  if (training === "prompts") {
    return { ...maskedLmFeeds(batch) };
  }
  const { ids, mask, positions, targets } = batch;
  const shape = [batch.batch, batch.length];
  return {
    ids: { data: ids, shape },
    mask: { data: mask, shape },
    positions: { data: positions, shape: [positions.length] },
    targets: { data: targets, shape: [positions.length] },
  };
}

/** Names of everything that the masked-LM loss depends on. */
function trainedTensors(config: ModelConfig): readonly string[] {
  return [...encoderTensors(config).keys(), ...mlmHeadTensors(config).keys()];
}

/** The masked-LM loss with every weight a trainable input, as the base is built. */
function weightTraining(config: ModelConfig): TrainingGraph {
  const graph = new Graph();
  const inputs = textInputs(graph);
  const positions = graph.input("positions", "int64", ["masked"]);
  const targets = graph.input("targets", "int64", ["masked"]);
  const trainable: Record<string, Value> = {};
  const weights: WeightSource = (name, shape) => {
    trainable[name] ??= graph.input(name, "float32", shape);
    return trainable[name];
  };
  const { rows } = bertEncoder(config, weights, inputs);
  const logits = maskedLmLogits(config, weights, rows, positions);
  return { graph, loss: reduceMean(crossEntropy(logits, targets), [0]), trainable };
}
