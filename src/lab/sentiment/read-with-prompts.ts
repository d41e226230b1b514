import { z } from "zod";
import { Classifier, type ClassReading } from "../../learning/classifier.ts";
import { headWidth } from "../../learning/classifier-head.ts";
import type { TunedValues } from "../../learning/tuned-parameters.ts";
import { createRandom } from "../../numbers/random.ts";
import { promptTuning } from "../../prompts/prompt-tuning.ts";
import type { Tuning } from "../../prompts/tuning.ts";
import { shiftTuning } from "../tunings/shift-tuning.ts";
import { makeTuning, type TuningWay } from "../tunings/tuning-words.ts";
import { examplesOf } from "./general-model.ts";
import { keepResult } from "./kept-results.ts";
import { meanLatent, type OpinionReader, type ReadOpinion, trainedScale } from "./read-writers.ts";
import { latentOfShares } from "./softmax-head.ts";
import { tuneWriters } from "./tune-writers.ts";
import type { PromptRequest } from "./tuned-opinions.ts";

const readingsShape = z.object({
  own: z.array(z.number()),
  others: z.array(z.number()),
  labels: z.array(z.number()).optional(),
});

/**
 * Latent valences of a writer's later texts under the writer's own prompts and, empty without the control,
 * under the next writer's. With a softmax head, `labels` are the likeliest under the writer's own.
 */
export type PromptReadings = z.infer<typeof readingsShape>;

type Listen = (fraction: number) => Promise<void>;

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
  // The head follows from the model and the seed.
  const { reader, writers, head, ...options } = request;
  const { model, prompts, classes, folder } = reader;
  const texts = writers.map(({ known, later }) =>
    [known, later].map((group) => group.map(({ opinion }) => opinion)),
  );
  const dependsOn = [model.id, [...prompts.values], classes, options, texts];
  const kept = { name: "prompts", dependsOn, shape: z.array(readingsShape) };
  return keepResult(folder, kept, () => tuneAndRead(request, listen));
}

async function tuneAndRead(request: PromptRequest, listen: Listen): Promise<PromptReadings[]> {
  const { writers, control, head, tuned } = request;
  const classifier = await openClassifier(request);
  try {
    const values = {
      writers: await tuneWriters(classifier, request, listen),
      ...(head && { everyone: head }),
    };
    const strength = tuned?.strength ?? 1;
    const read = (texts: readonly ReadOpinion[], writer: string) =>
      readAs(classifier, request, { texts, writer, values, strength });
    const readings: PromptReadings[] = [];
    for (const [at, { writer, later }] of writers.entries()) {
      await listen(1);
      const next = writers[(at + 1) % writers.length]!.writer;
      const { latents: own, labels } = await read(later, writer);
      const others = control ? (await read(later, next)).latents : [];
      readings.push({ own, others, ...(labels && { labels }) });
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
  const weight = tuned?.maskedLmWeight ?? 0;
  return new Classifier({
    model,
    threads,
    tuning,
    trains: "writer",
    ...(tuned && { products: tuned.products }),
    ...(weight > 0 && { maskedLmWeight: weight }),
    head: { kind: tuned?.head ?? "ordinal", classes, start: "model", random },
  });
}

function tuningOf(way: TuningWay, { reader, writers, seed, tuned }: PromptRequest): Promise<Tuning> {
  const { model, prompts: shared, classes } = reader;
  const known = writers.flatMap((writer) => writer.known.slice(0, 1)).slice(0, startTexts);
  const texts = known.flatMap(({ opinion }) => examplesOf(model, opinion));
  const random = createRandom(seed).fork("tuning");
  const bias = shiftTuning(headWidth({ kind: tuned?.head ?? "ordinal", classes }));
  return makeTuning(way, { model, random, texts, shared, bias });
}

interface ToBeRead {
  readonly texts: readonly ReadOpinion[];
  readonly writer: string;
  readonly values: Partial<TunedValues>;
  readonly strength: number;
}

interface Read {
  readonly latents: number[];
  /** Of a softmax head. */
  readonly labels?: number[];
}

/** A text that is too long for the model is read in parts, weighed by their lengths. */
async function readAs(
  classifier: Classifier,
  { reader, tuned }: PromptRequest,
  { texts, writer, values, strength }: ToBeRead,
): Promise<Read> {
  const parts = texts.map(({ opinion }) => examplesOf(reader.model, opinion));
  const own = parts.flat().map(({ ids }) => ({ ids, writer }));
  const readings = await classifier.read(own, values, { strength });
  const meanOf = (numberOf: (reading: ClassReading) => number): number[] => {
    let from = 0;
    return parts.map((passages) => {
      from += passages.length;
      return meanLatent(readings.slice(from - passages.length, from).map(numberOf), passages);
    });
  };
  return tuned?.head === "softmax"
    ? readSoftmax(reader, (label) => meanOf(({ probabilities }) => probabilities[label]!))
    : { latents: meanOf(({ scores }) => scores[0]!) };
}

/** @param shareOf the share of a label in each text. */
async function readSoftmax(
  { encoder, classes }: OpinionReader,
  shareOf: (label: number) => readonly number[],
): Promise<Read> {
  const scale = await trainedScale(encoder);
  const columns = Array.from({ length: classes }, (_, label) => shareOf(label));
  const shares = columns[0]!.map((_, text) => columns.map((column) => column[text]!));
  return {
    latents: shares.map((own) => latentOfShares(own, scale, classes)),
    labels: shares.map((own) => own.indexOf(Math.max(...own))),
  };
}
