import { mean } from "../../numbers/mean.ts";
import { moodValence } from "./mood-valence.ts";

/** What the signs at the end of a sentence's words say, and the sentence without them. */
export interface EmoticonReading {
  /** Mean of the signs', −1 to 1. */
  readonly valence: number;
  /** What the model is to read: with the sign in sight it would learn the sign. */
  readonly text: string;
}

/**
 * Beside a correction, which counts 1: a smile tells how a sentence is meant, but it also softens what is
 * not meant kindly.
 */
export const emoticonWeight = 0.25;

/**
 * Signs with a face, at the end of a word or of the sentence; `(see below:)` and `http://` are none. Winks
 * and tongues say that something is not meant as it stands, in neither direction, and are left alone.
 */
const drawn = /(?<=^|\s)[:=]['’]?-?[)(D]+(?=$|[\s.,!?])/gu;
const pictured = /\p{Extended_Pictographic}\uFE0F?/gu;
/** Fewer letters are no sentence. */
const fewestLetters = 8;

/**
 * Reads the emoticons and emoji of a sentence, or gives `undefined` where there are none that say
 * something, where they contradict each other, or where nothing but signs is left.
 */
export function readEmoticons(sentence: string): EmoticonReading | undefined {
  const withoutPictures = sentence.replaceAll(pictured, " ");
  const valences = [
    ...Array.from(sentence.matchAll(pictured), ([sign]) => moodValence(sign) ?? 0),
    ...Array.from(withoutPictures.matchAll(drawn), ([sign]) => drawnValence(sign)),
  ].filter((valence) => valence !== 0);
  if (valences.length === 0 || new Set(valences.map(Math.sign)).size > 1) return undefined;
  const text = withoutPictures.replaceAll(drawn, "").replaceAll(/\s+/gu, " ").trim();
  if ((text.match(/\p{L}/gu)?.length ?? 0) < fewestLetters) return undefined;
  return { valence: mean(valences), text };
}

/** `:-))` and `:D` say no more than `:)`; only tears are more than a frown. */
function drawnValence(sign: string): number {
  const isSad = sign.endsWith("(");
  if (!isSad) return 0.5;
  return /['’]/u.test(sign) ? -1 : -0.5;
}
