import { createHash } from "node:crypto";
import { drawEvenly } from "../../learning/cut-document.ts";
import type { IntermediateData, IntermediateOptions } from "../../learning/intermediate-learning.ts";
import type { Passage } from "../../learning/passages.ts";
import { createRandom } from "../../numbers/random.ts";
import {
  type DocumentRole,
  everTrainedOn,
  type LearnedDocuments,
  nameDocument,
} from "../../profile/learned-documents.ts";
import type { LearningOptions } from "../../protocol/learner.ts";
import type { PreparedDocument } from "../corpus/learning-corpus.ts";
import type { HeldOutSplit } from "./held-out-split.ts";

/** How long and how fast prompts are trained. */
export type PromptTraining = Pick<
  IntermediateOptions,
  "epochs" | "minimumSteps" | "peakRate" | "tokensPerStep" | "warmupSteps"
>;

/** What is trained on and how, what chooses the epoch (`data.heldOut`), and what proves the gain. */
export interface TrainingMaterial {
  readonly data: IntermediateData;
  readonly training: PromptTraining;
  readonly proof: readonly Passage[];
  readonly learned: LearnedDocuments;
}

/** Most passages that choose, and that prove. */
export interface MeasuredPassages {
  readonly choosing: number;
  readonly proving: number;
}

export interface MaterialParts<T> {
  readonly documents: readonly T[];
  readonly split: HeldOutSplit<T>;
  readonly most: MeasuredPassages;
  readonly train: readonly Passage[];
  readonly training: PromptTraining;
  /** All that earlier versions were trained on. */
  readonly trained: ReadonlySet<string>;
}

export function gatherMaterial<T extends PreparedDocument>(
  options: LearningOptions,
  { documents, split, most, train, training, trained }: MaterialParts<T>,
): TrainingMaterial {
  const { choosing, proving } = split;
  const draw = drawing(options);
  const roles = new Map<T, DocumentRole>([
    ...choosing.map((one) => [one, "chooses"] as const),
    ...proving.map((one) => [one, "proves"] as const),
  ]);
  return {
    data: { train, heldOut: draw(choosing, most.choosing, "held out") },
    training,
    proof: draw(proving, most.proving, "proof"),
    learned: learnedOf(options, documents, (one) => roles.get(one) ?? "trains", trained),
  };
}

function learnedOf<T extends PreparedDocument>(
  options: LearningOptions,
  documents: readonly T[],
  roleOf: (document: T) => DocumentRole,
  trained: ReadonlySet<string>,
): LearnedDocuments {
  const names = documents.map((prepared) => nameDocument(named(prepared), roleOf(prepared)));
  const known = everTrainedOn([{ version: 1, options: "", documents: names }]);
  const once = [...trained].filter((name) => !known.has(name));
  return {
    version: 1,
    options: optionsName(options),
    documents: names,
    once: once.length === 0 ? undefined : once,
  };
}

/** As versions know documents again. */
export const named = (prepared: PreparedDocument) => ({ ...prepared, path: prepared.document.path });

/** Names all options that decide what is learned. */
export function optionsName(options: LearningOptions): string {
  const { seed, maximumPassages, epochs, minimumSteps, peakRate, tokensPerStep, promptLength } = options;
  const deciding = [seed, maximumPassages, epochs, minimumSteps, peakRate, tokensPerStep, promptLength];
  return createHash("sha256").update(JSON.stringify(deciding)).digest("hex").slice(0, 16);
}

/** Draws passages of documents, up to a limit, the same each time. */
export function drawing({ seed }: LearningOptions) {
  const random = createRandom(seed);
  return (documents: readonly PreparedDocument[], limit: number, label: string): readonly Passage[] =>
    drawEvenly(
      documents.map(({ passages }) => passages),
      limit,
      random.fork(label),
    );
}
