import { z } from "zod";
import { Classifier } from "../../../learning/classifier.ts";
import { headWidth } from "../../../learning/classifier-head.ts";
import { createRandom } from "../../../learning/random.ts";
import type { TunedValues } from "../../../learning/tuned-parameters.ts";
import { type TuningOptions, tuningRates } from "../../../learning/tuned-training.ts";
import { promptTuning } from "../../../prompts/prompt-tuning.ts";
import { shiftTuning } from "../../../prompts/shift-tuning.ts";
import type { Tuning } from "../../../prompts/tuning.ts";
import { makeTuning, type TuningWay } from "../../../prompts/tuning-words.ts";
import { examplesOf } from "./general-model.ts";
import { keepResult } from "./kept-results.ts";
import { meanLatent, type OpinionReader, type ReadOpinion, type ReadWriter } from "./read-writers.ts";

const readingsShape = z.object({ own: z.array(z.number()), others: z.array(z.number()) });

/**
 * Latent valences of a writer's later texts under the writer's own prompts and, empty without the control,
 * under the next writer's.
 */
export type PromptReadings = z.infer<typeof readingsShape>;

/** How prompts, or what is tuned in their place, are tuned. */
export interface PromptRecipe {
  /** Highest rate of prompts. Others' are higher or lower than usual by as much as this one is. */
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
  /** What is tuned; the product's prompts if absent. */
  readonly tuned?: TunedOpinions;
}

/** Another way of tuning than the product's, and how it is learned and read. */
export interface TunedOpinions {
  readonly way: TuningWay;
  readonly writerDropout: number;
  readonly strength: number;
  readonly products: "rounded" | "full";
}

/** A writer's own values, by name. */
type WriterValues = TunedValues["everyone"];
type Listen = (fraction: number) => Promise<void>;

/** Texts of one step. */
const textsPerStep = 8;
/** Prompts that are not the shared ones may start from the hidden states of so many texts. */
const startTexts = 64;

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
  const classifier = await openClassifier(request);
  try {
    const prompts: Record<string, WriterValues> = {};
    for (const [at, writer] of writers.entries()) {
      await listen(at / writers.length);
      prompts[writer.writer] = await tune(classifier, request, writer);
    }
    const values = { writers: prompts };
    const strength = request.tuned?.strength ?? 1;
    const read = (texts: readonly ReadOpinion[], writer: string) =>
      readAs(classifier, request.reader, { texts, writer, values, strength });
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

async function openClassifier(request: PromptRequest): Promise<Classifier> {
  const { reader, seed, threads, tuned } = request;
  const { model, prompts: shared, classes } = reader;
  const random = createRandom(seed).fork("head");
  const tuning = tuned === undefined ? promptTuning({ shared }) : await tuningOf(tuned.way, request);
  return new Classifier({
    ...{ model, threads, tuning, trains: "writer", ...(tuned && { products: tuned.products }) },
    head: { kind: "ordinal", classes, start: "model", random },
  });
}

function tuningOf(way: TuningWay, { reader, writers, seed }: PromptRequest): Promise<Tuning> {
  const { model, prompts: shared, classes } = reader;
  const known = writers.flatMap((writer) => writer.known.slice(0, 1)).slice(0, startTexts);
  const texts = known.flatMap(({ opinion }) => examplesOf(model, opinion));
  const random = createRandom(seed).fork("tuning");
  const bias = shiftTuning(headWidth({ kind: "ordinal", classes }));
  return makeTuning(way, { model, random, texts, shared, bias });
}

/** A writer without known texts keeps the shared prompts. */
async function tune(
  classifier: Classifier,
  { reader, recipe, seed, tuned }: PromptRequest,
  { writer, known }: ReadWriter,
): Promise<WriterValues> {
  const examples = known.flatMap(({ opinion }) => examplesOf(reader.model, opinion));
  if (examples.length === 0) return {};
  const options: Partial<TuningOptions> = {
    ...{ rates: ratesOf(recipe), writerDropout: tuned?.writerDropout ?? 0 },
    ...{ epochs: recipe.epochs, l2: recipe.l2, textsPerStep, minimumSteps: 0, warmupSteps: 2 },
  };
  const trained = await classifier.train({ examples }, { ...options, seed: `${seed}/${writer}` });
  return trained.values.writers[writer] ?? {};
}

function ratesOf({ rate }: PromptRecipe): TuningOptions["rates"] {
  const factor = rate / tuningRates.prompt;
  const scaled = Object.entries(tuningRates).map(([group, usual]) => [group, factor * usual]);
  return { ...tuningRates, ...Object.fromEntries(scaled), prompt: rate };
}

async function readAs(
  classifier: Classifier,
  { model }: OpinionReader,
  as: {
    readonly texts: readonly ReadOpinion[];
    readonly writer: string;
    readonly values: Partial<TunedValues>;
    readonly strength: number;
  },
): Promise<number[]> {
  const parts = as.texts.map(({ opinion }) => examplesOf(model, opinion));
  const own = parts.flat().map(({ ids }) => ({ ids, writer: as.writer }));
  const readings = await classifier.read(own, as.values, { strength: as.strength });
  let from = 0;
  return parts.map((passages) => {
    from += passages.length;
    const latents = readings.slice(from - passages.length, from).map(({ scores }) => scores[0]!);
    return meanLatent(latents, passages);
  });
}
