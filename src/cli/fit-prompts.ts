import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { threadCount } from "../learner/learning-defaults.ts";
import { IntermediateLearning, intermediateDefaults } from "../learning/intermediate-learning.ts";
import type { Passage } from "../learning/passages.ts";
import { createRandom } from "../learning/random.ts";
import type { GeneralReader } from "../profile/profile.ts";
import { drawEvenly } from "../profile/writer-passages.ts";
import { realTextPrompts } from "../prompts/shared-prompts.ts";
import {
  decodePrompts,
  defaultPromptLength,
  encodePrompts,
  personalPrompts,
  type SoftPrompts,
} from "../prompts/soft-prompts.ts";
import type { EvaluatedDocument } from "./evaluation-corpus.ts";
import { finishWithBar } from "./finish-with-bar.ts";
import type { Surroundings } from "./surroundings.ts";

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
 * Trains a writer's prompts as `learn` does, but keeps nothing of them in a store. With the environment
 * variable IDIOLECT_EVALUATION_CACHE, a folder, what was trained for the same model, text and options
 * is taken from there, so that several evaluations of one writer train once. Prompts are rounded to 16
 * bits, as a profile keeps them.
 */
export async function fitPrompts(request: FitRequest, surroundings: Surroundings): Promise<SoftPrompts> {
  const folder = process.env["IDIOLECT_EVALUATION_CACHE"];
  if (folder === undefined) {
    return decodePrompts(encodePrompts(await trainPrompts(request, surroundings)));
  }
  const path = join(folder, `${requestKey(request)}.prompts`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, encodePrompts(await trainPrompts(request, surroundings)));
  }
  return decodePrompts(readFileSync(path));
}

/** Changes with everything that the trained prompts depend on. */
function requestKey({ reader, shared, documents, seed, maximumPassages }: FitRequest): string {
  const hash = createHash("sha256").update(reader.id).update(shared.values);
  hash.update(JSON.stringify({ seed, maximumPassages, ...intermediateDefaults, threads: threadCount() }));
  for (const { ids } of documents.flatMap(({ passages }) => passages)) {
    hash.update(ids);
  }
  return hash.digest("hex").slice(0, 32);
}

async function trainPrompts(request: FitRequest, surroundings: Surroundings): Promise<SoftPrompts> {
  const { reader, shared, documents, seed, maximumPassages, title } = request;
  const data = drawPassages(documents, maximumPassages, seed);
  const options = { ...intermediateDefaults, seed, threads: threadCount() };
  const learning = await IntermediateLearning.create(reader.model, shared, data, options);
  try {
    await finishWithBar(learning, title, surroundings);
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
  const cut = documents.length - Math.max(1, Math.round(documents.length / 10));
  const draw = (part: readonly EvaluatedDocument[], limit: number, label: string) =>
    drawEvenly(
      part.map(({ passages }) => passages),
      limit,
      random.fork(label),
    );
  return {
    train: draw(documents.slice(0, cut), most, "train"),
    heldOut: draw(documents.slice(cut), Math.ceil(most / 8), "held out"),
  };
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
