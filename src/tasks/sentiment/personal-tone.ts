import { splitByDate } from "../../evaluation/splits.ts";
import { type DocumentSentence, documentLatent, documentText } from "./document-tone.ts";
import { type LabelledTone, logLikelihood, type ToneScope, type ToneText } from "./labelled-tone.ts";
import { classShares, type OrdinalScale } from "./ordinal-scale.ts";
import { readTone, type ToneReading } from "./reading.ts";
import type { MinimumConfidence } from "./tone-calibration.ts";
import { memorySettings, ToneMemory } from "./tone-memory.ts";
import { fitShift, noShift, shiftLatent, type WriterShift } from "./writer-shift.ts";

/** What is learned from a writer's labels and kept with the profile; the memory is made of the labels anew. */
export interface PersonalToneParameters {
  readonly shift: Readonly<Record<ToneScope, WriterShift>>;
  /** Share of the latent valence read under the writer's prompts, 0 to 1. */
  readonly promptWeight: number;
}

/** Reads as the general model does. */
export const generalTone: PersonalToneParameters = {
  shift: { sentence: noShift, document: noShift },
  promptWeight: 0,
};

/**
 * What a correction counts for the writer's shift. A writer corrects what was read wrongly and leaves
 * the rest, so corrections are no fair sample of the writer's texts: counted in full, a few of them
 * would move every reading. In the memory they count in full.
 */
const correctionShareInShift = 0.25;

/** 0 is what the others must beat. */
const promptWeights = [0.25, 0.5, 1] as const;
const fittedShare = 0.65;
/** Fewer held-out labels cannot tell candidates apart. */
const leastHeldOut = 10;

/**
 * Learns a writer's shift and prompt weight from labels. Labels of sentences and of documents have a
 * shift each, as the mood that a writer gives a post is not on the scale of its sentences; either
 * borrows a fifth of the other's labels.
 */
export function fitPersonalTone(
  labels: readonly LabelledTone[],
  scale: OrdinalScale,
): PersonalToneParameters {
  const promptWeight = choosePromptWeight(labels, scale);
  return { promptWeight, shift: fitShifts(labels, promptWeight, scale) };
}

/**
 * The writer's own reading of a text: the general latent valence, mixed with the one under the writer's
 * prompts, shifted, and moved by the memory of labelled texts. `strength` in [0, 1] goes from the
 * general reading to the personal one.
 */
export class PersonalTone {
  readonly parameters: PersonalToneParameters;
  readonly #memory: ToneMemory;
  readonly #scale: OrdinalScale;

  /** `labels` are remembered: those that were learned from, and corrections made since. */
  constructor(parameters: PersonalToneParameters, labels: readonly LabelledTone[], scale: OrdinalScale) {
    this.parameters = parameters;
    this.#scale = scale;
    this.#memory = ToneMemory.of(labels, (text) => this.#shifted(text), scale);
  }

  /** Learns from labels and remembers them. */
  static learn(labels: readonly LabelledTone[], scale: OrdinalScale): PersonalTone {
    return new PersonalTone(fitPersonalTone(labels, scale), labels, scale);
  }

  /** The personal latent valence. */
  latent(text: ToneText, strength = 1): number {
    const personal = this.#shifted(text) + this.#memory.shiftAt(text);
    return text.latent + strength * (personal - text.latent);
  }

  read(text: ToneText, strength = 1, minimum?: MinimumConfidence): ToneReading {
    return readTone(classShares(this.latent(text, strength), this.#scale), minimum);
  }

  /**
   * The personal latent valence of a document. Corrections of its sentences move it through them, by
   * memory alone: the shift of sentences is left out, as documents have their own.
   */
  documentLatent(key: string, sentences: readonly DocumentSentence[], strength = 1): number {
    const document = documentText(key, sentences, this.#scale);
    const moved = sentences.map((sentence) => ({
      words: sentence.words,
      latent: mixedLatent(sentence, this.parameters.promptWeight) + this.#memory.shiftAt(sentence),
    }));
    const latent = documentLatent(moved, this.#scale);
    const shifted = shiftLatent(latent, this.parameters.shift.document, this.#scale);
    return document.latent + strength * (shifted + this.#memory.shiftAt(document) - document.latent);
  }

  readDocument(
    key: string,
    sentences: readonly DocumentSentence[],
    strength = 1,
    minimum?: MinimumConfidence,
  ): ToneReading {
    return readTone(classShares(this.documentLatent(key, sentences, strength), this.#scale), minimum);
  }

  #shifted(text: ToneText): number {
    const { shift, promptWeight } = this.parameters;
    return shiftLatent(mixedLatent(text, promptWeight), shift[text.scope], this.#scale);
  }
}

function mixedLatent({ latent, latentPersonal = latent }: ToneText, promptWeight: number): number {
  return latent + promptWeight * (latentPersonal - latent);
}

function fitShifts(
  labels: readonly LabelledTone[],
  promptWeight: number,
  scale: OrdinalScale,
): PersonalToneParameters["shift"] {
  const fitFor = (scope: ToneScope): WriterShift =>
    fitShift(
      labels.map((label) => ({
        latent: mixedLatent(label, promptWeight),
        target: label.target,
        weight:
          label.weight *
          (label.kind === "correction" ? correctionShareInShift : 1) *
          (label.scope === scope ? 1 : memorySettings.otherScopeWeight),
      })),
      scale,
    );
  return { sentence: fitFor("sentence"), document: fitFor("document") };
}

/**
 * The prompt weight that later labels ask for after the shift was fitted on earlier ones. It leaves 0
 * only for a gain of more than its standard error: few labels must not open what is not there.
 */
function choosePromptWeight(labels: readonly LabelledTone[], scale: OrdinalScale): number {
  const withPrompts = labels.filter(({ latentPersonal }) => latentPersonal !== undefined);
  const { earlier, later } = splitByDate(withPrompts.map(asDated), fittedShare);
  if (later.length < leastHeldOut) return 0;
  const scoresOf = (promptWeight: number): readonly number[] => {
    const shift = fitShifts(
      earlier.map(({ label }) => label),
      promptWeight,
      scale,
    );
    return later.map(({ label }) => {
      const latent = shiftLatent(mixedLatent(label, promptWeight), shift[label.scope], scale);
      return label.weight * logLikelihood(label.target, latent, scale).value;
    });
  };
  const without = scoresOf(0);
  let [chosen, bestGain] = [0, 0];
  for (const promptWeight of promptWeights) {
    const gains = scoresOf(promptWeight).map((score, at) => score - without[at]!);
    const gain = mean(gains);
    const deviation = Math.sqrt(mean(gains.map((each) => (each - gain) ** 2)));
    if (gain > bestGain && gain > deviation / Math.sqrt(gains.length)) {
      [chosen, bestGain] = [promptWeight, gain];
    }
  }
  return chosen;
}

const asDated = (label: LabelledTone) => ({ id: label.document, timeMs: label.timeMs, label });
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
