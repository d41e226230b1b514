import type { Classifier } from "../../learning/classifier.ts";
import type { ClassExample } from "../../learning/objectives/classifier-objective.ts";
import type { TextData } from "../../learning/text-learning.ts";
import { type TuningOptions, tuningRates } from "../../learning/tuned-training.ts";
import type { Numbers } from "../../prompts/tuning.ts";
import { examplesOf } from "./general-model.ts";
import type { ReadWriter } from "./read-writers.ts";
import type { PromptRecipe, PromptRequest } from "./tuned-opinions.ts";

/** Values by writer. Writers without known texts are not among them: they read as the model does. */
export type WriterValues = Readonly<Record<string, Numbers>>;
type Listen = (fraction: number) => Promise<void>;

/** Texts of one step, of each writer who learns in it. */
const textsPerStep = 8;

/** Tunes each writer's own values on the known texts; all else stays as it is. */
export async function tuneWriters(
  classifier: Classifier,
  request: PromptRequest,
  listen: Listen,
): Promise<WriterValues> {
  const learners = request.writers.filter(({ known }) => known.length > 0);
  if (learners.length === 0) return {};
  return request.tuned?.together === true
    ? tuneTogether(classifier, request, learners, listen)
    : tuneOneByOne(classifier, request, learners, listen);
}

async function tuneOneByOne(
  classifier: Classifier,
  request: PromptRequest,
  learners: readonly ReadWriter[],
  listen: Listen,
): Promise<WriterValues> {
  const values: Record<string, Numbers> = {};
  for (const [at, learner] of learners.entries()) {
    await listen(at / learners.length);
    const options = { ...optionsOf(request), seed: `${request.seed}/${learner.writer}` };
    const trained = await classifier.train(dataOf(request, [learner]), options);
    values[learner.writer] = trained.values.writers[learner.writer] ?? {};
  }
  return values;
}

/**
 * One run for all, with batches that mix writers. A step has as many texts for each writer as a writer's own
 * step would have, so all take about as many steps as alone. The loss is a mean over all of them, of which a
 * writer's texts are one part in so many; the pull is weaker by as much, so that their proportion stays.
 */
async function tuneTogether(
  classifier: Classifier,
  request: PromptRequest,
  learners: readonly ReadWriter[],
  listen: Listen,
): Promise<WriterValues> {
  const usual = optionsOf(request);
  const training = classifier.start(dataOf(request, learners), {
    ...usual,
    l2: usual.l2 / learners.length,
    textsPerStep: usual.textsPerStep * learners.length,
    seed: `${request.seed}/together`,
  });
  const { loop } = training;
  await loop.finish(() => listen(loop.step / loop.totalSteps));
  return training.best.writers;
}

function dataOf({ reader, head }: PromptRequest, writers: readonly ReadWriter[]): TextData<ClassExample> {
  const known = writers.flatMap((writer) => writer.known);
  const examples = known.flatMap(({ opinion }) => examplesOf(reader.model, opinion));
  return { examples, ...(head && { values: { everyone: head } }) };
}

function optionsOf({ recipe, tuned }: PromptRequest) {
  return {
    rates: ratesOf(recipe),
    writerDropout: tuned?.writerDropout ?? 0,
    epochs: recipe.epochs,
    l2: recipe.l2,
    textsPerStep,
    minimumSteps: 0,
    warmupSteps: 2,
  } satisfies Partial<TuningOptions>;
}

function ratesOf({ rate }: PromptRecipe): TuningOptions["rates"] {
  const factor = rate / tuningRates.prompt;
  const scaled = Object.entries(tuningRates).map(([group, usual]) => [group, factor * usual]);
  return { ...tuningRates, ...Object.fromEntries(scaled), prompt: rate };
}
