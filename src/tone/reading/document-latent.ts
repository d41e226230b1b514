import { unitMean } from "../../numbers/vectors.ts";
import {
  classShares,
  expectedValence,
  latentOf,
  type OrdinalScale,
  scaleOfText,
} from "../head/ordinal-scale.ts";
import type { ToneText } from "../labels/labelled-tone.ts";

/** A sentence as it counts for its document. */
export interface WeighedSentence {
  readonly latent: number;
  /** The sentence's own scale; 1 if absent. */
  readonly textScale?: number;
  readonly words: number;
}

/** A sentence of a document that is read as a whole. */
export interface DocumentSentence extends ToneText {
  readonly words: number;
}

/** Longer sentences than this count no more: they are lists and quotations more often than feelings. */
const mostWords = 40;

/**
 * The latent valence of a document: that at which a text reads as the weighted mean of its sentences'
 * valences. A sentence weighs √words, as longer ones say more but not in proportion, times its share
 * of not being neutral: reports and directions between feelings do not thin them out. A document whose
 * halves contradict each other lies in the middle, and that is what is said of it. The mean is taken of
 * valences, not of latent ones, so that one extreme sentence cannot outweigh all others. 'Neutral' for
 * a document without sentences.
 */
export function documentLatent(sentences: readonly WeighedSentence[], scale: OrdinalScale): number {
  let [sum, total] = [0, 0];
  for (const sentence of sentences) {
    const weight = sentenceWeight(sentence, scale);
    sum += weight * expectedValence(classShares(sentence.latent, scaleOfText(sentence, scale)));
    total += weight;
  }
  return latentOf(total === 0 ? 0 : sum / total, scale);
}

/** What a sentence weighs in its document; see `documentLatent`. */
export function sentenceWeight(sentence: WeighedSentence, scale: OrdinalScale): number {
  const [, , neutral] = classShares(sentence.latent, scaleOfText(sentence, scale));
  return Math.sqrt(Math.min(sentence.words, mostWords)) * (1 - neutral);
}

/**
 * A document as a text of its own, of its sentences' general readings, those under the writer's prompts
 * (where all have one), and their mean vector.
 */
export function documentText(
  key: string,
  sentences: readonly DocumentSentence[],
  scale: OrdinalScale,
): ToneText {
  const personal = sentences.flatMap((sentence) =>
    sentence.latentPersonal === undefined ? [] : [{ ...sentence, latent: sentence.latentPersonal }],
  );
  return {
    key,
    scope: "document",
    latent: documentLatent(sentences, scale),
    ...(personal.length === sentences.length ? { latentPersonal: documentLatent(personal, scale) } : {}),
    vector: unitMean(sentences.map(({ vector }) => vector)),
  };
}
