import type { TrainingOptions } from "../../learning/text-learning.ts";
import type { Breathe } from "../../learning/training-loop.ts";
import type { Arrays, TunedValues } from "../../learning/tuned-parameters.ts";
import { tuningRates } from "../../learning/tuned-training.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { promptTuning } from "../../prompts/prompt-tuning.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { Tuning, ValueOwner } from "../../prompts/tuning.ts";
import { inputPromptTuning } from "../tunings/input-prompt-tuning.ts";
import { startPrompts } from "../tunings/prompt-start.ts";
import type { SoftPromptAdaptation } from "./adaptation.ts";
import { type Figures, ownReading } from "./study.ts";

/** A text that may name its writer. */
type Written = { readonly writer?: string };

/** A way of tuning that learns from some kind of text: labels, or hidden words. */
export interface Learner<Item extends Written> {
  /** @param everyone where the values start that all share. */
  train(
    items: readonly Item[],
    everyone: Arrays,
    options: TrainingOptions,
    breathe?: Breathe,
  ): Promise<TunedValues>;
  /** Figures of texts; each is read as its `writer` says. @param strength of the writers' own part. */
  measure(items: readonly Item[], values: Partial<TunedValues>, strength: number): Promise<Figures>;
  release(): Promise<void>;
}

export type OpenLearner<Item extends Written> = (tuning: Tuning, trains: ValueOwner) => Learner<Item>;

/** What one writer is learned from and measured on. Items name the writer. */
export interface LearnedWriter<Item extends Written> {
  readonly writer: string;
  readonly known: readonly Item[];
  readonly later: readonly Item[];
}

export interface PersonalRequest<Item extends Written> {
  readonly open: OpenLearner<Item>;
  readonly writers: readonly LearnedWriter<Item>[];
  /** Writers that the rate is chosen on; of none, the first rate is taken. */
  readonly tuning: readonly LearnedWriter<Item>[];
  /** Highest rates that may be chosen. */
  readonly rates: readonly number[];
  readonly options: Omit<TrainingOptions, "seed" | "rates">;
  readonly seed: number;
  /** Awaited between runs with how far learning is, 0 to 1. */
  readonly listen: (fraction: number) => Promise<void>;
}

/** A learner with what everybody shares, to be given to its writers. */
interface Common<Item extends Written> {
  readonly learner: Learner<Item>;
  readonly everyone: Arrays;
}

/** Values of each writer, with the learner that reads with them; `release` it. */
export interface Personal<Item extends Written> extends Common<Item> {
  readonly writers: Readonly<Record<string, Arrays>>;
  /** Chosen on the tuning writers. */
  readonly rate: number;
}

/**
 * Learns each writer's own values, one writer after the other as the product does, from the same start; the
 * rate is the one under which later texts of the tuning writers are likeliest.
 */
export async function learnWriters<Item extends Written>(
  tuning: Tuning,
  everyone: Arrays,
  request: PersonalRequest<Item>,
): Promise<Personal<Item>> {
  const common = { learner: request.open(tuning, "writer"), everyone };
  const { tuning: choosing, rates, writers } = request;
  const trainings = writers.length + choosing.length * (rates.length > 1 ? rates.length : 0);
  let done = 0;
  const tell = (): Promise<void> => request.listen(done / trainings);
  const learnAll = async (group: readonly LearnedWriter<Item>[], rate: number) => {
    const values: Record<string, Arrays> = {};
    for (const writer of group) {
      values[writer.writer] = await learnWriter(common, request, writer, rate, tell);
      done++;
    }
    return values;
  };
  const losses: number[] = [];
  for (const rate of rates.length > 1 ? rates : []) {
    losses.push(await meanLoss(common, choosing, await learnAll(choosing, rate)));
  }
  const rate = rates[Math.max(0, losses.indexOf(Math.min(...losses)))]!;
  return { ...common, writers: await learnAll(writers, rate), rate };
}

async function learnWriter<Item extends Written>(
  { learner, everyone }: Common<Item>,
  { options, seed }: PersonalRequest<Item>,
  { writer, known }: LearnedWriter<Item>,
  rate: number,
  breathe: Breathe,
): Promise<Arrays> {
  if (known.length === 0) return {};
  const rates = { ...tuningRates, prompt: rate, shift: rate };
  const training = { ...options, rates, seed: `${seed}/${writer}` };
  const { writers } = await learner.train(known, everyone, training, breathe);
  return writers[writer] ?? {};
}

async function meanLoss<Item extends Written>(
  { learner, everyone }: Common<Item>,
  group: readonly LearnedWriter<Item>[],
  writers: Readonly<Record<string, Arrays>>,
): Promise<number> {
  let sum = 0;
  for (const { later } of group) sum += (await learner.measure(later, { everyone, writers }, 1))["loss"]!;
  return sum / group.length;
}

export interface SharedRequest<Item extends Written> {
  readonly model: PretrainedModel;
  readonly open: OpenLearner<Item>;
  /** Texts of other writers. */
  readonly items: readonly Item[];
  /** What prompts start from: hidden states of these. */
  readonly texts: readonly { readonly ids: ArrayLike<number> }[];
  readonly options: Omit<TrainingOptions, "seed">;
  readonly seed: number;
  readonly listen: (fraction: number) => Promise<void>;
}

export interface SharedPrompts {
  readonly prompts: SoftPrompts;
  /** What else all share and was learned along, such as the head. */
  readonly everyone: Arrays;
}

/**
 * Prompts that all writers start from: hidden states of real text, then learned on other writers' texts, so
 * that a writer's own part is told apart from what any prompt would bring.
 */
export async function learnShared<Item extends Written>(
  { place, length }: SoftPromptAdaptation,
  { model, open, items, texts, options, seed, listen }: SharedRequest<Item>,
): Promise<SharedPrompts> {
  const layers = place === "input" ? 1 : model.config.num_hidden_layers;
  const shared = await startPrompts(model, { kind: "text", texts }, { length, layers });
  const learner = open(tuningOf(place, shared, "shared"), "everyone");
  try {
    const { everyone } = await learner.train(items, {}, { ...options, seed }, () => listen(0));
    const size = length * shared.hiddenSize;
    const learned = new Float32Array(shared.values.length);
    for (let layer = 0; layer < layers; layer++) learned.set(everyone[`shared.${layer}`]!, layer * size);
    const rest = Object.entries(everyone).filter(([name]) => !name.startsWith("shared."));
    return { prompts: { ...shared, values: learned }, everyone: Object.fromEntries(rest) };
  } finally {
    await learner.release();
  }
}

/** Prompts in one layer or in all, of which the shared part or each writer's delta learns. */
export function tuningOf(
  place: SoftPromptAdaptation["place"],
  shared: SoftPrompts,
  trains: "shared" | "delta",
): Tuning {
  return place === "input" ? inputPromptTuning({ shared, trains }) : promptTuning({ shared, trains });
}

/** What a condition with soft prompts is read with: the prompt, and controls. */
export const promptReadings = {
  own: ownReading,
  zeroed: "prompt zeroed",
  other: "another writer's prompt",
} as const;

/**
 * Each writer's later texts with the own values, without (as for an unknown writer) and with the next
 * writer's, a control.
 */
export async function readPersonally<Item extends Written>(
  { learner, everyone, writers: values }: Personal<Item>,
  writers: readonly LearnedWriter<Item>[],
  names: Readonly<Record<"own" | "zeroed" | "other", string>>,
): Promise<Readonly<Record<string, Readonly<Record<string, Figures>>>>> {
  const figures: Record<string, Readonly<Record<string, Figures>>> = {};
  for (const [at, { writer, later }] of writers.entries()) {
    const next = writers[(at + 1) % writers.length]!.writer;
    const strange = later.map((item) => ({ ...item, writer: next }));
    figures[writer] = {
      [names.own]: await learner.measure(later, { everyone, writers: values }, 1),
      [names.zeroed]: await learner.measure(later, { everyone, writers: values }, 0),
      [names.other]: await learner.measure(strange, { everyone, writers: values }, 1),
    };
  }
  return figures;
}
