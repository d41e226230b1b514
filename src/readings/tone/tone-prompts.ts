import { Classifier } from "../../learning/classifier.ts";
import { mappedModelHead } from "../../learning/classifier-head.ts";
import { cutSentence } from "../../learning/cut-document.ts";
import type { ClassExample } from "../../learning/objectives/classifier-objective.ts";
import { soleWriter } from "../../learning/tuned-parameters.ts";
import { type TuningOptions, tuningRates } from "../../learning/tuned-training.ts";
import type { MeanGain } from "../../numbers/gate.ts";
import { sum } from "../../numbers/mean.ts";
import { createRandom } from "../../numbers/random.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { promptTuning } from "../../prompts/prompt-tuning.ts";
import { fromLayerViews, personalPrompts, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { Numbers } from "../../prompts/tuning.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { nearestClass } from "../../tone/head/tone-classes.ts";
import { isSaid, knownLabels } from "../../tone/proof/held-out-tone.ts";
import { promptGain } from "../../tone/proof/prompt-gain.ts";
import { sentenceWeight } from "../../tone/reading/document-latent.ts";
import { fitPersonalTone, type PersonalToneParameters } from "../../tone/writer/personal-tone.ts";
import { asLatentMap, type WriterShift } from "../../tone/writer/writer-shift.ts";
import { type LabelledSentences, readUnder } from "./labelled-sentences.ts";
import type { ToneReaders } from "./sentence-reader.ts";

export interface TonePromptParts {
  readonly model: PretrainedModel;
  /** Those of the general reading, which the writer's start from. */
  readonly shared: SoftPrompts;
  readonly scale: OrdinalScale;
  readonly threads: number;
  /** As a Classifier has it. */
  readonly tokensPerRun?: number;
  readonly seed: number;
}

/**
 * How prompts are tuned for tone. Chosen on 60 critics of rt-critics (docs/evaluation.md): a third of the
 * rate learns half as much, more epochs no more.
 */
const recipe = {
  rates: { ...tuningRates, prompt: 3e-2 },
  epochs: 3,
  l2: 1e-3,
  textsPerStep: 8,
  minimumSteps: 0,
  warmupSteps: 2,
} satisfies Partial<TuningOptions>;

/** On fewer labels nothing is tuned. */
export const fewestTuned = 30;

/** How often each text is read while prompts are tuned. */
export const tonePromptEpochs = recipe.epochs;

/**
 * What a label of a longer text says is not said of each of its sentences. Tuned on the ratings of long reviews, prompts
 * made readings worse for three of four critics (docs/decisions.md).
 */
const mostSentences = 3;
/** The newest; more add minutes and no news. */
const mostLabels = 800;

/**
 * The share of the reading under prompts tuned for tone. On 60 critics of rt-critics three quarters took
 * away most of the error, .016 [.008, .025] beyond the shift; with all of it the wrong ones cost more.
 */
export const tonePromptWeight = 0.75;

/** Whether a label of so many sentences is one to tune prompts on. */
export const isShort = ({ length }: readonly unknown[]): boolean => length > 0 && length <= mostSentences;

/** Labels that prompts for tone are tuned on: those of sentences and of texts hardly longer than one, the newest. */
export function tuningLabels<Label extends LabelledSentences>(labels: readonly Label[]): readonly Label[] {
  return labels
    .filter(({ label, sentences }) => isSaid(label) && isShort(sentences))
    .toSorted((a, b) => a.label.timeMs - b.label.timeMs)
    .slice(-mostLabels);
}

/**
 * Tunes a writer's prompts on labels: multi-layer prompts that start as the shared ones, with model and head as they
 * are (the third stage of PerPLM, Oba, Yoshinaga and Toyoda 2023). The head reads the latent valence as the writer's
 * shift moves it, so the prompts learn what the shift leaves, and both can be judged apart. Graphs are compiled once
 * for any number of tunings; `release` it.
 */
export class TonePromptTuner {
  readonly #parts: TonePromptParts;
  readonly #classifier: Classifier;

  /** Throws HeadStartError for a model without a head for tone. */
  constructor(parts: TonePromptParts) {
    const { model, shared, threads, seed } = parts;
    this.#parts = parts;
    this.#classifier = new Classifier({
      model,
      threads,
      trains: "writer",
      tuning: promptTuning({ shared }),
      get tokensPerRun() {
        return parts.tokensPerRun ?? 1024;
      },
      head: { kind: "ordinal", classes: 5, start: "model", random: createRandom(seed).fork("head") },
    });
  }

  /**
   * The writer's prompts, of the labels that `tuningLabels` gives, of which there must be one; the same for the same
   * labels and seed. `listen` is told between runs of the model how far it is, 0 to 1, and may throw to cancel.
   */
  async tune(
    labels: readonly LabelledSentences[],
    listen: (fraction: number) => Promise<void> = async () => undefined,
  ): Promise<SoftPrompts> {
    const { shared, seed } = this.#parts;
    const usable = tuningLabels(labels);
    const data = { examples: this.#examples(usable), values: { everyone: this.#head(labels, usable) } };
    const training = this.#classifier.start(data, { ...recipe, seed: `${seed}/tone` });
    const { loop } = training;
    await loop.finish(() => listen(loop.step / loop.totalSteps));
    return personalPrompts(shared, fromLayerViews(shared, training.best.writers[soleWriter]!));
  }

  release(): Promise<void> {
    return this.#classifier.release();
  }

  /** A text of several sentences counts once: its sentences share its weight as they do where it is read. */
  #examples(labels: readonly LabelledSentences[]): readonly ClassExample[] {
    const { model, scale } = this.#parts;
    return labels.flatMap(({ label, sentences }) => {
      const weights = sentences.map(({ reading }) => sentenceWeight(reading, scale));
      const total = sum(weights);
      return sentences.flatMap(({ text }, at) =>
        cutSentence(model, text).map(({ ids, words }) => ({
          ids,
          words,
          label: nearestClass(label.target.valence),
          weight: label.weight * (total > 0 ? weights[at]! / total : 1 / sentences.length),
        })),
      );
    });
  }

  /** The model's head with the calibrated scale and the writer's shift. */
  #head(labels: readonly LabelledSentences[], usable: readonly LabelledSentences[]): Numbers {
    const { model, scale } = this.#parts;
    const { thresholds, temperature } = scale;
    const { shift } = fitPersonalTone(
      labels.map(({ label }) => label),
      scale,
      tonePromptWeight,
    );
    const documents = usable.filter(({ label }) => label.scope === "document").length;
    const { factor, offset } = asLatentMap(mixShifts(shift, documents / usable.length), scale);
    return mappedModelHead(
      model,
      { factor: factor / temperature, offset: offset / temperature },
      thresholds.map((threshold) => threshold / temperature),
    );
  }
}

/** One head reads sentences and documents, so it has of either shift as much as there are labels of it. */
function mixShifts({ sentence, document }: PersonalToneParameters["shift"], documents: number): WriterShift {
  const mix = (one: keyof WriterShift): number => (1 - documents) * sentence[one] + documents * document[one];
  return { bias: mix("bias"), logSpread: mix("logSpread") };
}

/**
 * What prompts for tone, tuned on the earlier labels, take away of the error on the later ones (see prompt-gain.ts).
 * Undefined where there are too few labels to tune on, or too few documents to measure on.
 */
export async function tryTonePrompts(
  labels: readonly LabelledSentences[],
  tune: (known: readonly LabelledSentences[]) => Promise<SoftPrompts>,
  readers: Pick<ToneReaders, "model" | "encoder" | "breathe">,
  scale: OrdinalScale,
): Promise<MeanGain | undefined> {
  const earlier = new Set(knownLabels(labels.map(({ label }) => label)));
  const known = labels.filter(({ label }) => earlier.has(label));
  if (tuningLabels(known).length < fewestTuned) return undefined;
  const trial = await readUnder(await tune(known), labels, readers, scale);
  return promptGain(
    trial.map(({ label }) => label),
    scale,
    tonePromptWeight,
  );
}
