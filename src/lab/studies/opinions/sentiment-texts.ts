import { type Classifier, classFigures } from "../../../learning/classifier.ts";
import type { ClassExample } from "../../../learning/objectives/classifier-objective.ts";
import type { TunedValues } from "../../../learning/tuned-parameters.ts";
import { mean } from "../../../numbers/mean.ts";
import type { Random } from "../../../numbers/random.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import { assemble, type HardInput, poolChunks } from "../../hard-prompts/assemble.ts";
import type { HardPassage } from "../../hard-prompts/hard-prompts.ts";
import { NearDuplicates } from "../../measures/near-duplicates.ts";
import type { OpinionText } from "../../sentiment/opinion-texts.ts";
import { splitWriters, type WriterTexts } from "../../sentiment/writer-split.ts";
import type { Figures } from "../study.ts";
import type { StudySizes } from "../study-sizes.ts";

/** Tokens of an input without passages. */
const plainTokens = 128;

/** A labelled text as the model gets it: in one input, or in several that are read together. */
export interface SentimentText {
  readonly opinion: OpinionText;
  readonly writer: string;
  readonly inputs: readonly HardInput[];
}

export function sentimentText(
  { tokenizer, config }: PretrainedModel,
  opinion: OpinionText,
  passages: readonly HardPassage[] = [],
  tokens: number = plainTokens,
): SentimentText {
  const budget = { tokens: Math.min(tokens, config.max_position_embeddings) };
  const inputs = assemble(tokenizer.encodeWords(opinion.text), passages, tokenizer.specialIds, budget);
  return { opinion, writer: opinion.writer, inputs };
}

/** What a classifier learns from a text: each of its inputs has the label of all. */
export function examplesOf({ opinion, writer, inputs }: SentimentText): readonly ClassExample[] {
  return inputs.map(({ ids, ownTokens }) => ({ ids, ownTokens, label: opinion.label, writer }));
}

/** Prompts start from hidden states of the first of these. */
const startTexts = 64;

/** Texts that shared prompts learn from, and what they start from. */
export function sharedTextsOf(items: readonly SentimentText[]) {
  return { items, texts: items.slice(0, startTexts).flatMap(examplesOf) };
}

/** Accuracy and loss of some texts; each is read as its `writer` says. */
export async function measureTexts(
  classifier: Classifier,
  texts: readonly SentimentText[],
  values: Partial<TunedValues>,
  strength: number,
): Promise<Figures> {
  const readings = await classifier.read(texts.flatMap(examplesOf), values, { strength });
  let from = 0;
  const pooled = texts.map(({ inputs }) => {
    from += inputs.length;
    const own = readings.slice(from - inputs.length, from).map(({ probabilities }) => probabilities);
    return { probabilities: poolChunks(inputs, own) };
  });
  const { accuracy, loss } = classFigures(
    texts.map(({ opinion }) => opinion),
    pooled,
  );
  return { accuracy, loss, ...passageCounts(texts.flatMap(({ inputs }) => inputs)) };
}

/** How many passages stood beside an input and how many had no room, on average; nothing where there were none. */
export function passageCounts(
  inputs: readonly Pick<HardInput, "segments" | "leftOut">[],
): Readonly<Record<string, number>> {
  const beside = mean(inputs.map(({ segments }) => segments.length));
  const leftOut = mean(inputs.map((input) => input.leftOut));
  return beside + leftOut === 0 ? {} : { "passages beside an input": beside, "passages left out": leftOut };
}

/** Who is measured, who teaches, and who choices are made on. */
export interface StudySplit {
  readonly training: readonly OpinionText[];
  readonly tuning: readonly WriterTexts[];
  readonly targets: readonly WriterTexts[];
  /** Later texts of measured writers left out: nearly copies of texts that the base or the general model knows. */
  readonly nearCopies: number;
  /** Texts of other writers left out alike: nearly copies of texts that are measured. */
  readonly unusedCopies: number;
}

/**
 * Deals writers out by `splitWriters`, as many as the sizes say, and keeps what is measured apart from what
 * was learned: later texts that are nearly in the writer's known ones or in `seen` go, and training texts that
 * are nearly among those that are measured.
 */
export function dealWriters(
  texts: readonly OpinionText[],
  seen: readonly string[],
  { writers, tuningWriters, measured, sentiment }: StudySizes,
  random: Random,
): StudySplit {
  const names = new Set(texts.map(({ writer }) => writer));
  const share = Math.min(0.5, writers / names.size);
  const split = splitWriters(texts, {
    random,
    minimumTexts: sentiment.leastTexts,
    targets: { kind: "share", share },
  });
  const known = new NearDuplicates();
  for (const text of seen) known.add(text);
  let nearCopies = 0;
  const keep = (writer: WriterTexts): WriterTexts => {
    const own = new NearDuplicates();
    for (const { text } of writer.known) own.add(text);
    const later = writer.later.filter(({ text }) => !known.has(text) && !own.has(text));
    nearCopies += writer.later.length - later.length;
    return { ...writer, later: later.slice(0, measured) };
  };
  const targets = split.targets.map(keep).filter(({ later }) => later.length > 0);
  const asked = new NearDuplicates();
  for (const { text } of targets.flatMap(({ later }) => later)) asked.add(text);
  const shuffled = random.fork("training").shuffle([...split.training]);
  const training = shuffled.filter(({ text }) => !asked.has(text));
  return {
    training: training.slice(0, sentiment.generalTexts),
    tuning: split.tuning.filter(({ later }) => later.length > 0).slice(0, tuningWriters),
    targets,
    nearCopies,
    unusedCopies: shuffled.length - training.length,
  };
}
