import { TooLittleTextError, UsageError } from "../../cli/errors.ts";
import type { Surroundings } from "../../cli/surroundings.ts";
import { intermediateDefaults } from "../../learning/intermediate-learning.ts";
import type { Passage } from "../../learning/passages.ts";
import type { TrainingOptions } from "../../learning/text-learning.ts";
import type { TunedValues } from "../../learning/tuned-parameters.ts";
import { tuningRates } from "../../learning/tuned-training.ts";
import { createRandom } from "../../numbers/random.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { headOnly, type Tuning } from "../../prompts/tuning.ts";
import type { LabelVectors } from "../../tags/features/label-features.ts";
import { tagKeys } from "../../tags/tagged-document.ts";
import type { EvaluatedDocument } from "../evaluation/evaluated-document.ts";
import { finishWithBar } from "../evaluation/finish-with-bar.ts";
import { startTexts } from "../evaluation/fit-prompts.ts";
import { asRead, learningRhythm } from "../evaluation/fit-tuning.ts";
import type { TuningChoice } from "../evaluation/tuning-options.ts";
import type { LabelledText } from "../objectives/contrastive-objective.ts";
import { VectorLearning, type VectorLoss } from "../objectives/vector-learning.ts";
import { makeTuning, tuningTable } from "../tunings/tuning-words.ts";

/** How vectors learn from tags: documents with one in common draw together, or documents and vectors of tags. */
export const vectorLossKinds = ["contrastive", "labels"] as const satisfies readonly VectorLoss["kind"][];
export type VectorLossKind = (typeof vectorLossKinds)[number];

export interface VectorFit {
  readonly reader: GeneralReader;
  readonly loss: VectorLossKind;
  readonly choice: TuningChoice;
  /** Tagged, oldest first; the newest fifth of them says when to stop. */
  readonly documents: readonly EvaluatedDocument[];
  /** Where the vectors of tags start, if they have their own. */
  readonly labelVector: LabelVectors;
  readonly seed: number;
}

export interface FittedVectors {
  /** What is learned. */
  readonly way: Tuning;
  /** What of it is read with. */
  readonly tuning: Tuning;
  readonly values: Partial<TunedValues>;
}

const heldOutShare = 0.2;
/** Texts of one step: each is the others' company. */
const textsPerStep = 32;
const usualEpochs = 5;
/** Few documents are read more often. */
const minimumSteps = 40;

/**
 * Learns sentence vectors from the tags of one writer's documents, in any way of tuning. A document is
 * learned as its title and lead, which say what it is about. Throws TooLittleTextError where no tag tells
 * documents apart, UsageError for a way of tuning that vectors do not have.
 */
export async function fitVectors(fit: VectorFit, surroundings: Surroundings): Promise<FittedVectors> {
  const { reader, choice, documents, seed } = fit;
  const { model, prompts: shared } = reader;
  const { examples, heldOut, tags } = labelledTexts(documents);
  const random = createRandom(seed).fork("tuning");
  // Vectors have no head, so `makeTuning` never asks for the bias: see checkWay.
  const material = { model, random, texts: startTexts(documents), shared, bias: headOnly };
  const way = await makeTuning(choice.way, material);
  const { products } = choice;
  const learning = new VectorLearning(
    {
      model,
      tuning: way,
      products,
      ...learningRhythm(),
      ...(fit.loss === "contrastive" && { trains: "writer" }),
    },
    lossOf(fit, tags),
  );
  try {
    const training = learning.start({ examples, heldOut }, trainingOptions(choice, seed));
    await finishWithBar(training.loop, "vectors      ", surroundings);
    const { writers } = asRead(way, training.best);
    return { way, tuning: way.afterTraining?.tuning ?? way, values: { writers } };
  } finally {
    await learning.release();
  }
}

/** Unit vectors of texts under what was learned, [d] each, in order. */
export async function readVectorsOf(
  model: PretrainedModel,
  { tuning, values }: FittedVectors,
  texts: readonly Passage[],
  strength: number,
): Promise<readonly Float32Array[]> {
  const learning = new VectorLearning({ model, tuning, ...learningRhythm() }, { kind: "contrastive" });
  try {
    return await learning.read(texts, values, { strength });
  } finally {
    await learning.release();
  }
}

/** Throws UsageError for what acts on a head alone. */
export function checkWay({ way: { words } }: TuningChoice): void {
  const idle = words.find((word) => word === "head" || word === "bias" || word === "marginals");
  if (idle !== undefined) {
    throw new UsageError(
      `Vectors have no head, so there is nothing for ${idle} to tune. Tune prompts, or lora.`,
    );
  }
}

interface LabelledDocuments {
  readonly examples: readonly LabelledText[];
  /** Empty where no two of them have a tag in common. */
  readonly heldOut: readonly LabelledText[];
  /** By number. */
  readonly tags: readonly string[];
}

/**
 * Tags of at least two and at most half of the documents that are learned from tell these apart. Throws
 * TooLittleTextError where there are none.
 */
export function labelledTexts(documents: readonly EvaluatedDocument[]): LabelledDocuments {
  const cut = documents.length - Math.max(1, Math.round(heldOutShare * documents.length));
  const [train, rest] = [documents.slice(0, cut), documents.slice(cut)];
  const counts = new Map<string, number>();
  for (const tag of train.flatMap(({ document }) => tagKeys(document))) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const tags = [...counts].filter(([, count]) => count >= 2 && count <= cut / 2).map(([tag]) => tag);
  if (tags.length === 0) {
    throw new TooLittleTextError(
      `None of the tags of ${cut} documents stands in two, and in at most half of them.`,
    );
  }
  const numbers = new Map(tags.map((tag, number) => [tag, number]));
  const labelled = ({ lead, document }: EvaluatedDocument): LabelledText => ({
    ids: lead.ids,
    labels: tagKeys(document).flatMap((tag) => numbers.get(tag) ?? []),
  });
  const heldOut = rest.map(labelled);
  return { examples: train.map(labelled), heldOut: hasPartners(heldOut) ? heldOut : [], tags };
}

function hasPartners(texts: readonly LabelledText[]): boolean {
  const labels = texts.flatMap((text) => text.labels);
  return new Set(labels).size < labels.length;
}

function lossOf({ loss, labelVector, reader }: VectorFit, tags: readonly string[]): VectorLoss {
  switch (loss) {
    case "contrastive":
      return { kind: loss };
    case "labels": {
      const { hidden_size: hiddenSize } = reader.model.config;
      const vectors = new Float32Array(tags.length * hiddenSize);
      tags.forEach((tag, row) => {
        vectors.set(labelVector(tag)!, row * hiddenSize);
      });
      return { kind: loss, embeddings: { vectors, labels: tags.length, hiddenSize } };
    }
    default:
      return loss satisfies never;
  }
}

function trainingOptions(
  { way, rates, epochs, writerDropout, l2 }: TuningChoice,
  seed: number,
): TrainingOptions {
  const hasPrompts = way.words.some((word) => tuningTable[word].group === "prompt");
  const { warmupSteps, tokensPerRun } = intermediateDefaults;
  return {
    seed,
    writerDropout,
    l2,
    warmupSteps,
    tokensPerRun,
    minimumSteps,
    textsPerStep,
    epochs: epochs ?? usualEpochs,
    // Beside vectors of tags, which all share, shared prompts would learn. They stay the model's.
    rates: { ...tuningRates, ...rates, ...(hasPrompts ? {} : { prompt: 0 }) },
  };
}
