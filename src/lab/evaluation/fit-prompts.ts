import type { Hash } from "node:crypto";
import type { Surroundings } from "../../cli/surroundings.ts";
import { drawEvenly } from "../../learning/cut-document.ts";
import { IntermediateLearning, intermediateDefaults } from "../../learning/intermediate-learning.ts";
import type { Passage } from "../../learning/passages.ts";
import { createRandom } from "../../numbers/random.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { realTextPrompts } from "../../prompts/shared-prompts.ts";
import {
  decodePrompts,
  defaultPromptLength,
  encodePrompts,
  personalPrompts,
  type SoftPrompts,
} from "../../prompts/soft-prompts.ts";
import { threadCount } from "../../session/learning-options.ts";
import type { EvaluatedDocument } from "./evaluated-document.ts";
import { finishWithBar } from "./finish-with-bar.ts";
import { hashOf, learnedOnce } from "./learned-once.ts";

export interface FitRequest {
  readonly reader: GeneralReader;
  readonly shared: SoftPrompts;
  /** Oldest first; the newest tenth of them says when to stop. */
  readonly documents: readonly EvaluatedDocument[];
  readonly seed: number;
  readonly maximumPassages: number;
  /** What the progress bar calls this. */
  readonly title: string;
}

/**
 * Trains a writer's prompts as `learn` does, but keeps nothing of them in a store. Prompts are rounded to 16
 * bits, as a profile keeps them.
 */
export function fitPrompts(request: FitRequest, surroundings: Surroundings): Promise<SoftPrompts> {
  return learnedOnce(requestHash(request), keptPrompts, () => trainPrompts(request, surroundings));
}

const keptPrompts = { ending: "prompts", encode: encodePrompts, decode: decodePrompts };

function requestHash({ reader, shared, documents, seed, maximumPassages }: FitRequest): Hash {
  const settings = {
    model: reader.id,
    seed,
    maximumPassages,
    ...intermediateDefaults,
    threads: threadCount(),
  };
  return hashOf(settings, documents).update(shared.values);
}

async function trainPrompts(request: FitRequest, surroundings: Surroundings): Promise<SoftPrompts> {
  const { reader, shared, documents, seed, maximumPassages, title } = request;
  const data = drawPassages(documents, maximumPassages, seed);
  const options = { ...intermediateDefaults, seed, threads: threadCount() };
  const learning = await IntermediateLearning.create(reader.model, shared, data, options);
  try {
    await finishWithBar(learning.loop, title, surroundings);
    return personalPrompts(shared, learning.result().delta);
  } finally {
    await learning.release();
  }
}

/** Passages to learn from; those of the newest tenth of the documents, oldest first, are held out. */
export function drawPassages(
  documents: readonly EvaluatedDocument[],
  most: number,
  seed: number,
): Readonly<Record<"train" | "heldOut", readonly Passage[]>> {
  const random = createRandom(seed);
  const { older, newest } = splitNewest(documents);
  const draw = (part: readonly EvaluatedDocument[], limit: number, label: string) =>
    drawEvenly(
      part.map(({ passages }) => passages),
      limit,
      random.fork(label),
    );
  return {
    train: draw(older, most, "train"),
    heldOut: draw(newest, Math.ceil(most / 8), "held out"),
  };
}

/** The newest tenth of the documents, oldest first, says when learning is to stop; the older ones are learned. */
export function splitNewest(
  documents: readonly EvaluatedDocument[],
): Readonly<Record<"older" | "newest", readonly EvaluatedDocument[]>> {
  const cut = documents.length - Math.max(1, Math.round(documents.length / 10));
  return { older: documents.slice(0, cut), newest: documents.slice(cut) };
}

/** The shipped shared prompts; for a model without, prompts made of its activations on these documents. */
export async function startingPrompts(
  { model, prompts }: GeneralReader,
  documents: readonly EvaluatedDocument[],
): Promise<SoftPrompts> {
  return prompts ?? realTextPrompts(model, startTexts(documents), defaultPromptLength);
}

/** Passages whose hidden states prompts start from: the first of each document. */
export function startTexts(documents: readonly EvaluatedDocument[]): readonly Passage[] {
  return documents.flatMap(({ passages }) => passages.slice(0, 1)).slice(0, 64);
}
