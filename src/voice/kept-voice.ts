import { z } from "zod";
import { saidShape } from "../said/said-shapes.ts";
import { type LearnedVoice, termsOf } from "./learn-voice.ts";
import { evidenceKinds } from "./ranker.ts";
import { type RoundedWeights, roundWeights } from "./rounded-weights.ts";
import { type TermKind, termKinds, termNumbers } from "./term-counts.ts";
import { byKind } from "./voice-background.ts";
import type { VoiceGate } from "./voice-gate.ts";

/** A voice as a profile keeps it: the sum of all evidence, in which no kind is told apart any more. */
export interface KeptVoice {
  /** Of the background that it was learned with, and can be read with. */
  readonly background: string;
  readonly weights: Readonly<Record<TermKind, RoundedWeights>>;
  readonly bias: number;
  /** Scores of the writer's own passages that were not learned from, ascending. */
  readonly own: readonly number[];
  readonly gate: VoiceGate;
}

const headShape = z.object({
  version: z.literal(1),
  background: z.string(),
  scales: z.object({ characters: z.number(), words: z.number() }),
  bias: z.number(),
  own: z.array(z.number()),
  gate: z.object({
    open: z.boolean(),
    reason: z.string(),
    said: saidShape.optional(),
    area: z
      .object({ mean: z.number(), low: z.number(), high: z.number(), confidence: z.number() })
      .optional(),
    documents: z.number(),
  }),
});

/** What of a learned voice is kept. */
export function keptVoice(
  { models, ranker, heldOut }: LearnedVoice,
  background: string,
  gate: VoiceGate,
): KeptVoice {
  const sum = (kind: TermKind): Float32Array => {
    const parts = evidenceKinds.filter((one) => termsOf[one] === kind);
    return Float32Array.from({ length: termNumbers }, (_, at) =>
      parts.reduce((total, one) => total + ranker[one] * models[one].weights[at]!, 0),
    );
  };
  return {
    background,
    weights: byKind((kind) => roundWeights(sum(kind))),
    bias: evidenceKinds.reduce((total, kind) => total + ranker[kind] * models[kind].bias, ranker.bias),
    own: heldOut.own.map(({ score }) => Math.round(score * 1000) / 1000).toSorted((a, b) => a - b),
    gate,
  };
}

export function encodeVoice({ background, weights, bias, own, gate }: KeptVoice): Uint8Array {
  const scales = { characters: weights.characters.scale, words: weights.words.scale };
  const head = JSON.stringify({ version: 1, background, scales, bias, own, gate });
  const numbers = termKinds.map((kind) => Buffer.from(weights[kind].numbers.buffer));
  return Buffer.concat([Buffer.from(`${head}\n`), ...numbers]);
}

/** The inverse of `encodeVoice`. Throws where the bytes are of something else. */
export function decodeVoice(bytes: Uint8Array): KeptVoice {
  const end = bytes.indexOf(10);
  const { background, scales, bias, own, gate } = headShape.parse(
    JSON.parse(Buffer.from(bytes.subarray(0, end)).toString("utf8")),
  );
  const numbers = Int8Array.from(bytes.subarray(end + 1));
  if (numbers.length !== termKinds.length * termNumbers)
    throw new RangeError("Weights of a voice are missing");
  const [characters, words] = [numbers.slice(0, termNumbers), numbers.slice(termNumbers)];
  return {
    background,
    weights: {
      characters: { scale: scales.characters, numbers: characters },
      words: { scale: scales.words, numbers: words },
    },
    bias,
    own,
    gate,
  };
}
