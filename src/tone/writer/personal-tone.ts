import {
  classShares,
  type MinimumConfidence,
  type OrdinalScale,
  scaleOfText,
} from "../head/ordinal-scale.ts";
import type { LabelledTone, ToneScope, ToneText } from "../labels/labelled-tone.ts";
import { type DocumentSentence, documentLatent, documentText } from "../reading/document-latent.ts";
import { readTone, type ToneReading } from "../reading/tone-reading.ts";
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
 * would move every reading too far. In the memory they count in full.
 */
const correctionShareInShift = 0.5;

/**
 * Learns a writer's shift from labels. Labels of sentences and of documents have a shift each, as the mood that a
 * writer gives a post is not on the scale of its sentences; either borrows a fifth of the other's labels. The shift is
 * that of the general reading: the writer's prompts are tuned for what it leaves (see tone-prompts.ts).
 */
export function fitPersonalTone(
  labels: readonly LabelledTone[],
  scale: OrdinalScale,
  promptWeight = 0,
): PersonalToneParameters {
  return { promptWeight, shift: fitShifts(labels, scale) };
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
  static learn(labels: readonly LabelledTone[], scale: OrdinalScale, promptWeight = 0): PersonalTone {
    return new PersonalTone(fitPersonalTone(labels, scale, promptWeight), labels, scale);
  }

  /** The personal latent valence. */
  latent(text: ToneText, strength = 1): number {
    const personal = this.#shifted(text) + this.#memory.shiftAt(text);
    return text.latent + strength * (personal - text.latent);
  }

  read(text: ToneText, strength = 1, minimum = this.#scale.minimumConfidence): ToneReading {
    const scale = scaleOfText(text, this.#scale);
    return readTone(classShares(this.latent(text, strength), scale), minimum);
  }

  /**
   * The personal latent valence of a document. Corrections of its sentences move it through them, by
   * memory alone: the shift of sentences is left out, as documents have their own. One without sentences has
   * nothing that could be meant otherwise.
   */
  documentLatent(key: string, sentences: readonly DocumentSentence[], strength = 1): number {
    if (sentences.length === 0) return documentLatent(sentences, this.#scale);
    const document = documentText(key, sentences, this.#scale);
    const moved = sentences.map((sentence) => ({
      ...sentence,
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
    minimum: MinimumConfidence | undefined = this.#scale.minimumConfidence,
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

function fitShifts(labels: readonly LabelledTone[], scale: OrdinalScale): PersonalToneParameters["shift"] {
  const fitFor = (scope: ToneScope): WriterShift =>
    fitShift(
      labels.map((label) => ({
        latent: label.latent,
        ...(label.textScale === undefined ? {} : { textScale: label.textScale }),
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
