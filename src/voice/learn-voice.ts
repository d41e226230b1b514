import { mean, variance } from "../numbers/mean.ts";
import type { Random } from "../numbers/random.ts";
import { fitLinear, type LabelledVector, type LinearModel, linearScore, meanModel } from "./linear-model.ts";
import {
  type Evidence,
  type EvidenceKind,
  evidenceOf,
  fitRanker,
  type RankerWeights,
  weigh,
} from "./ranker.ts";
import { startWeights } from "./start-weights.ts";
import { type TermKind, termNumbers } from "./term-counts.ts";
import type { PassageVectors } from "./voice-background.ts";

/** A passage of the writer, or of somebody else. */
export interface VoicePassage {
  /** Its document, or its writer: passages of one are never on both sides of a split. */
  readonly group: string;
  readonly vectors: PassageVectors;
}

/** What was learned of a voice. */
export interface LearnedVoice {
  /** One for each kind of evidence; scores are in standard deviations of other writers' passages. */
  readonly models: Readonly<Record<EvidenceKind, LinearModel>>;
  readonly ranker: RankerWeights;
  /** Scores of passages that were not learned from when they were scored. */
  readonly heldOut: {
    readonly own: readonly { readonly group: string; readonly score: number }[];
    readonly others: readonly number[];
  };
}

/** Which terms a kind of evidence is about. */
export const termsOf: Readonly<Record<EvidenceKind, TermKind>> = {
  characters: "characters",
  words: "words",
  assistant: "characters",
};

/** Rounds of leaving out: each passage is scored by a model that has seen neither its document nor its writer. */
const folds = 4;
/** What a fault costs, in the sense of an SVM's C. */
const passageCost = 1;

/**
 * Learns to tell a writer's passages from others'.
 * @param own of at least four documents
 * @param others of at least four writers
 * @param assistant what assistants do to texts, as the background has it
 */
export async function learnVoice(
  own: readonly VoicePassage[],
  others: readonly VoicePassage[],
  assistant: Float32Array,
  random: Random,
  breathe: () => Promise<void> = async () => {},
): Promise<LearnedVoice> {
  const sides: Sides = { own: foldsOf(own), others: foldsOf(others) };
  const characters = await learnTerms("characters", sides, random.fork("characters"), breathe);
  const words = await learnTerms("words", sides, random.fork("words"), breathe);
  const parts = { characters, words, assistant: assistantPart(assistant, sides) };
  const rows = (side: keyof Sides): readonly Evidence[] =>
    sides[side].map((_, at) => evidenceOf((kind) => parts[kind].scores[side][at]!));
  const [ownRows, otherRows] = [rows("own"), rows("others")];
  const ranker = fitRanker(ownRows, otherRows, startWeights);
  return {
    models: evidenceOf((kind) => parts[kind].model),
    ranker,
    heldOut: {
      own: own.map(({ group }, at) => ({ group, score: weigh(ranker, ownRows[at]!) })),
      others: otherRows.map((row) => weigh(ranker, row)),
    },
  };
}

/** What speaks for the writer in a passage. */
export function evidenceFor({ models }: Pick<LearnedVoice, "models">, vectors: PassageVectors): Evidence {
  return evidenceOf((kind) => linearScore(models[kind], vectors[termsOf[kind]]));
}

interface FoldedPassage extends VoicePassage {
  readonly fold: number;
}

interface Sides {
  readonly own: readonly FoldedPassage[];
  readonly others: readonly FoldedPassage[];
}

interface LearnedPart {
  readonly model: LinearModel;
  readonly scores: Readonly<Record<keyof Sides, Float64Array>>;
}

/** Learns one kind of terms, leaving out a fold at a time; the models' mean is what new passages are scored with. */
async function learnTerms(
  kind: TermKind,
  sides: Sides,
  random: Random,
  breathe: () => Promise<void>,
): Promise<LearnedPart> {
  const scores = { own: new Float64Array(sides.own.length), others: new Float64Array(sides.others.length) };
  const models: LinearModel[] = [];
  for (let fold = 0; fold < folds; fold++) {
    await breathe();
    const seen = sides.own.filter((passage) => passage.fold !== fold);
    const unlike = sides.others.filter((passage) => passage.fold !== fold);
    const ownCost = (passageCost * unlike.length) / seen.length;
    const examples: LabelledVector[] = [
      ...seen.map(({ vectors }) => ({ vector: vectors[kind], label: 1 as const, cost: ownCost })),
      ...unlike.map(({ vectors }) => ({ vector: vectors[kind], label: -1 as const, cost: passageCost })),
    ];
    const fitted = fitLinear(examples, termNumbers, random.fork(fold));
    const model = standardise(
      fitted,
      sides.others.filter((passage) => passage.fold === fold).map(({ vectors }) => vectors[kind]),
    );
    for (const side of ["own", "others"] as const) {
      sides[side].forEach((passage, at) => {
        if (passage.fold === fold) scores[side][at] = linearScore(model, passage.vectors[kind]);
      });
    }
    models.push(model);
  }
  return { model: meanModel(models), scores };
}

/** Nothing of the writer is in it, so nothing has to be left out. */
function assistantPart(weights: Float32Array, { own, others }: Sides): LearnedPart {
  const vectorsOf = (side: readonly VoicePassage[]) => side.map(({ vectors }) => vectors[termsOf.assistant]);
  const model = standardise({ weights, bias: 0 }, vectorsOf(others));
  const scores = (side: readonly VoicePassage[]) =>
    Float64Array.from(vectorsOf(side), (vector) => linearScore(model, vector));
  return { model, scores: { own: scores(own), others: scores(others) } };
}

/** A model whose scores of these passages have mean 0 and deviation 1. */
function standardise(model: LinearModel, passages: readonly PassageVectors[TermKind][]): LinearModel {
  const scores = passages.map((vector) => linearScore(model, vector));
  const deviation = Math.sqrt(variance(scores)) || 1;
  return {
    weights: model.weights.map((weight) => weight / deviation),
    bias: (model.bias - mean(scores)) / deviation,
  };
}

/** Groups go to folds in the order in which they come first. */
function foldsOf(passages: readonly VoicePassage[]): readonly FoldedPassage[] {
  const numbers = new Map<string, number>();
  for (const { group } of passages) if (!numbers.has(group)) numbers.set(group, numbers.size);
  return passages.map(({ group, vectors }) => ({ group, vectors, fold: numbers.get(group)! % folds }));
}
