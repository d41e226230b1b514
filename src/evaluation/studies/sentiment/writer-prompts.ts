import { z } from "zod";
import { Classifier } from "../../../learning/classifier.ts";
import { createRandom } from "../../../learning/random.ts";
import type { TunedValues } from "../../../learning/tuned-parameters.ts";
import { type TuningOptions, tuningRates } from "../../../learning/tuned-training.ts";
import { promptTuning } from "../../../prompts/prompt-tuning.ts";
import { examplesOf } from "./general-model.ts";
import { keepResult } from "./kept-results.ts";
import { meanLatent, type OpinionReader, type ReadOpinion, type ReadWriter } from "./read-writers.ts";

const readingsShape = z.object({ own: z.array(z.number()), others: z.array(z.number()) });

/**
 * Latent valences of a writer's later texts under the writer's own prompts and, empty without the control,
 * under the next writer's.
 */
export type PromptReadings = z.infer<typeof readingsShape>;

/** How prompts are tuned. */
export interface PromptRecipe {
  readonly rate: number;
  readonly epochs: number;
  /** Pull of the delta towards the shared prompts. */
  readonly l2: number;
}

export interface PromptRequest {
  readonly reader: OpinionReader;
  readonly writers: readonly ReadWriter[];
  readonly recipe: PromptRecipe;
  readonly seed: number;
  readonly threads: number;
  /** Whether texts are read with the next writer's prompts, too. */
  readonly control: boolean;
}

/** A writer's own values, by name. */
type WriterValues = TunedValues["everyone"];
type Listen = (fraction: number) => Promise<void>;

/** Texts of one step. */
const textsPerStep = 8;

/**
 * Tunes prompts for each writer on the known texts, with the general model frozen, and reads the later
 * texts with them. As a control they are read with those of the next writer, too.
 */
export function readWithPrompts(
  request: PromptRequest,
  listen: Listen = async () => undefined,
): Promise<readonly PromptReadings[]> {
  const { reader, writers, ...options } = request;
  const { model, prompts, classes, folder } = reader;
  const texts = writers.map(({ known, later }) =>
    [known, later].map((group) => group.map(({ opinion }) => opinion)),
  );
  const dependsOn = [model.id, [...prompts.values], classes, options, texts];
  const kept = { name: "prompts", dependsOn, shape: z.array(readingsShape) };
  return keepResult(folder, kept, () => tuneAndRead(request, listen));
}

async function tuneAndRead(request: PromptRequest, listen: Listen): Promise<PromptReadings[]> {
  const { writers, control } = request;
  const classifier = openClassifier(request);
  try {
    const prompts: Record<string, WriterValues> = {};
    for (const [at, writer] of writers.entries()) {
      await listen(at / writers.length);
      prompts[writer.writer] = await tune(classifier, request, writer);
    }
    const values = { writers: prompts };
    const read = (texts: readonly ReadOpinion[], writer: string) =>
      readAs(classifier, request.reader, { texts, writer, values });
    const readings: PromptReadings[] = [];
    for (const [at, { writer, later }] of writers.entries()) {
      await listen(1);
      const next = writers[(at + 1) % writers.length]!.writer;
      readings.push({ own: await read(later, writer), others: control ? await read(later, next) : [] });
    }
    return readings;
  } finally {
    await classifier.release();
  }
}

function openClassifier({ reader, seed, threads }: PromptRequest): Classifier {
  const { model, prompts: shared, classes } = reader;
  const random = createRandom(seed).fork("head");
  return new Classifier({
    ...{ model, threads, tuning: promptTuning({ shared }), trains: "writer" },
    head: { kind: "ordinal", classes, start: "model", random },
  });
}

/** A writer without known texts keeps the shared prompts. */
async function tune(
  classifier: Classifier,
  { reader, recipe, seed }: PromptRequest,
  { writer, known }: ReadWriter,
): Promise<WriterValues> {
  const examples = known.flatMap(({ opinion }) => examplesOf(reader.model, opinion));
  if (examples.length === 0) return {};
  const options: Partial<TuningOptions> = {
    rates: { ...tuningRates, prompt: recipe.rate },
    ...{ epochs: recipe.epochs, l2: recipe.l2, textsPerStep, minimumSteps: 0, warmupSteps: 2 },
  };
  const trained = await classifier.train({ examples }, { ...options, seed: `${seed}/${writer}` });
  return trained.values.writers[writer] ?? {};
}

async function readAs(
  classifier: Classifier,
  { model }: OpinionReader,
  as: {
    readonly texts: readonly ReadOpinion[];
    readonly writer: string;
    readonly values: Partial<TunedValues>;
  },
): Promise<number[]> {
  const parts = as.texts.map(({ opinion }) => examplesOf(model, opinion));
  const own = parts.flat().map(({ ids }) => ({ ids, writer: as.writer }));
  const readings = await classifier.read(own, as.values);
  let from = 0;
  return parts.map((passages) => {
    from += passages.length;
    const latents = readings.slice(from - passages.length, from).map(({ scores }) => scores[0]!);
    return meanLatent(latents, passages);
  });
}
