import { maskedLmFeeds } from "../../src/learning/masked-lm-graph.ts";
import { tunedMaskedLm } from "../../src/learning/masked-lm-objective.ts";
import type { MaskedBatch } from "../../src/learning/masking.ts";
import { Adam } from "../../src/learning/optimiser.ts";
import { TrainingSession } from "../../src/learning/training-session.ts";
import { soleWriter, TunedParameters } from "../../src/learning/tuned-parameters.ts";
import type { Tuning } from "../../src/prompts/tuning.ts";
import type { Contestant, TimedStep } from "../contestant.ts";
import type { Workplace } from "../workplace.ts";

/** This project's engine with any way of tuning; the writer's values learn, the encoder is frozen. */
export async function startTunedEngine(
  { model, settings }: Workplace,
  tuning: Tuning,
  rate: number,
): Promise<Contestant> {
  const parameters = new TunedParameters(tuning);
  const adam = new Adam([{ parameters: { ...parameters.own(soleWriter) } }]);
  const session = await TrainingSession.create(tunedMaskedLm({ model, tuning }), {
    threads: settings.threads,
    place: (bytes) => model.writeGraph(bytes),
  });
  const run = (batch: MaskedBatch) => {
    const texts = Array.from({ length: batch.batch }, () => ({}));
    const strengths = texts.map(() => 1);
    return session.step({}, { ...maskedLmFeeds(batch), ...parameters.feeds(texts, strengths) });
  };
  return {
    name: `Idiolect (onnxruntime-node, ${settings.threads} threads)`,
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
