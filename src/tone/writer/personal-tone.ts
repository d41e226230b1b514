import {
  classShares,
  type MinimumConfidence,
  type OrdinalScale,
  scaleOfText,
} from "../head/ordinal-scale.ts";
import { type LabelledTone, type ToneScope, type ToneText, toneScopes } from "../labels/labelled-tone.ts";
import { type DocumentSentence, documentLatent, documentText } from "../reading/document-latent.ts";
import { readTone, type ToneReading } from "../reading/tone-reading.ts";
import { type RememberedLabel, ToneMemory } from "./tone-memory.ts";
import { WriterPosterior, writerPrior } from "./writer-posterior.ts";
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
 * would move every reading too far. What a writer was asked about counts in full.
 */
const correctionShareInShift = 0.5;
/** What the label of a document counts for sentences, and the other way round, beside prompts. */
const shareOfOthers = 0.2;

/**
 * Learns a writer's shift from labels. Labels of sentences and of documents have a shift each, as the mood that a
 * writer gives a post is not on the scale of its sentences. Beside prompts it is the likeliest one and held tightly to none,
 * also where nothing was said of such texts: the prompts are tuned for what it leaves (see tone-prompts.ts), and a broad
 * one would take a writer who means texts the other way round for one who means little by them.
 * @param scopes those that are shifted; the others are read without a shift
 */
export function fitPersonalTone(
  labels: readonly LabelledTone[],
  scale: OrdinalScale,
  promptWeight = 0,
  scopes: readonly ToneScope[] = toneScopes,
): PersonalToneParameters {
  const shiftOf = (scope: ToneScope): WriterShift => {
    if (!scopes.includes(scope)) return noShift;
    if (promptWeight > 0) return fitShift(weighed(labels, scope, shareOfOthers), scale);
    const isTold = labels.some((label) => label.scope === scope);
    return isTold ? writerPosterior(labels, scope, scale).shift : noShift;
  };
  return { promptWeight, shift: { sentence: shiftOf("sentence"), document: shiftOf("document") } };
}

/** What labels say of how the writer means sentences, or documents. */
export function writerPosterior(
  labels: readonly LabelledTone[],
  scope: ToneScope,
  scale: OrdinalScale,
  prior = writerPrior,
): WriterPosterior {
  return WriterPosterior.of(weighed(labels, scope, 0), scale, prior);
}

/** Labels as the shift of a scope counts them; those of the other scope count a share of that. */
function weighed(labels: readonly LabelledTone[], scope: ToneScope, others: number): readonly LabelledTone[] {
  return labels.map((label) => ({
    ...label,
    weight:
      label.weight *
      (label.kind === "correction" ? correctionShareInShift : 1) *
      (label.scope === scope ? 1 : others),
  }));
}

/**
 * The writer's own reading of a text: the general latent valence, mixed with the one under the writer's
 * prompts, shifted, and for labelled texts what their label says. `strength` in [0, 1] goes from the
 * general reading to the personal one.
 */
export class PersonalTone {
  readonly parameters: PersonalToneParameters;
  readonly #memory: ToneMemory;
  readonly #scale: OrdinalScale;

  /** `labels` are remembered: those that were learned from, and corrections made since. */
  constructor(parameters: PersonalToneParameters, labels: readonly RememberedLabel[], scale: OrdinalScale) {
    this.parameters = parameters;
    this.#scale = scale;
    this.#memory = new ToneMemory(labels, scale);
  }

  /**
   * Learns from labels and remembers them.
   * @param unread labels of texts that were not read: they are remembered alone
   */
  static learn(
    labels: readonly LabelledTone[],
    scale: OrdinalScale,
    promptWeight = 0,
    scopes: readonly ToneScope[] = toneScopes,
    unread: readonly RememberedLabel[] = [],
  ): PersonalTone {
    const parameters = fitPersonalTone(labels, scale, promptWeight, scopes);
    return new PersonalTone(parameters, [...labels, ...unread], scale);
  }

  /** The personal latent valence. */
  latent(text: ToneText, strength = 1): number {
    const personal = this.#memory.heed(text, this.#shifted(text));
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
      latent: this.#memory.heed(sentence, mixedLatent(sentence, this.parameters.promptWeight)),
    }));
    const latent = documentLatent(moved, this.#scale);
    const shifted = shiftLatent(latent, this.parameters.shift.document, this.#scale);
    return document.latent + strength * (this.#memory.heed(document, shifted) - document.latent);
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
