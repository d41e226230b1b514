import type { TensorData } from "../../src/graph/session.ts";
import { tunedReplacedTokens } from "../../src/lab/objectives/replaced-token-objective.ts";
import { maskedLmFeeds } from "../../src/learning/masked-lm-graph.ts";
import type { MaskedBatch } from "../../src/learning/masking.ts";
import { tunedMaskedLm } from "../../src/learning/objectives/masked-lm-objective.ts";
import { Adam } from "../../src/learning/optimiser/adam.ts";
import { type TrainingGraph, TrainingSession } from "../../src/learning/training-session.ts";
import type { TunedModel } from "../../src/learning/tuned-encoder.ts";
import { soleWriter, TunedParameters } from "../../src/learning/tuned-parameters.ts";
import type { Contestant, ReplacedBatch, TimedStep, TrainingBatch } from "../contestant.ts";
import { productsNote } from "./engine.ts";

/** What is learned, and how it is fed a batch. */
interface TunedTask<Batch extends TrainingBatch> {
  readonly graph: TrainingGraph;
  readonly feeds: (batch: Batch) => Readonly<Record<string, TensorData>>;
}

/** Hidden words are to be guessed. */
export const guessing = (tuned: TunedModel): TunedTask<MaskedBatch> => ({
  graph: tunedMaskedLm(tuned),
  feeds: maskedLmFeeds,
});

/** Replaced words are to be told. */
export const telling = (tuned: TunedModel): TunedTask<ReplacedBatch> => ({
  graph: tunedReplacedTokens(tuned),
  feeds: ({ batch, length, ids, mask, replaced }) => {
    const shape = [batch, length];
    return { ids: { data: ids, shape }, mask: { data: mask, shape }, replaced: { data: replaced, shape } };
  },
});

/** This project's engine with any way of tuning; the writer's values learn, the encoder is frozen. */
export async function startTunedEngine<Batch extends TrainingBatch>(
  { model, tuning, products = "full" }: TunedModel,
  { graph, feeds }: TunedTask<Batch>,
  { threads, rate }: { readonly threads: number; readonly rate: number },
): Promise<Contestant<Batch>> {
  const parameters = new TunedParameters(tuning);
  const adam = new Adam([{ parameters: { ...parameters.own(soleWriter) } }]);
  const session = await TrainingSession.create(graph, {
    threads,
    compile: (bytes, given) => model.compileModel(bytes, given),
  });
  const run = (batch: Batch) => {
    const texts = Array.from({ length: batch.batch }, () => ({}));
    const strengths = texts.map(() => 1);
    return session.step({}, { ...feeds(batch), ...parameters.feeds(texts, strengths) });
  };
  return {
    name: `Idiolect (onnxruntime-node, ${threads} threads${productsNote(products)})`,
    step: async (batch): Promise<TimedStep> => {
      const startMs = performance.now();
      const { loss, gradients } = await run(batch);
      adam.step(gradients, rate);
      return { loss, milliseconds: performance.now() - startMs };
    },
    measure: async (batch) => (await run(batch)).loss,
    close: () => session.release(),
  };
}
