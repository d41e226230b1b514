import type { OrdinalScale } from "../../src/tone/head/ordinal-scale.ts";
import type { LabelledTone, ToneScope, ToneTarget, ToneText } from "../../src/tone/labels/labelled-tone.ts";

/** Classes two apart, neutral around 0. */
export const scale: OrdinalScale = { thresholds: [-3, -1, 1, 3], temperature: 1 };

/** A unit vector in the plane, so that the cosine of two is that of the angle between them. */
export function direction(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}

export function text(key: string, latent: number, degrees: number, scope: ToneScope = "sentence"): ToneText {
  return { key, scope, latent, vector: direction(degrees) };
}

export function valence(value: number): ToneTarget {
  return { kind: "valence", valence: value };
}

/** A label on a text; each is a document of its own and a day apart unless said otherwise. */
export function labelled(
  toneText: ToneText,
  target: ToneTarget,
  details: Partial<Pick<LabelledTone, "weight" | "timeMs" | "kind" | "document" | "latentPersonal">> = {},
): LabelledTone {
  return { ...toneText, document: toneText.key, target, weight: 1, timeMs: 0, kind: "sentiment", ...details };
}
