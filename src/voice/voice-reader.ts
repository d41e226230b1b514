import { areaBelow } from "../numbers/area-under-curve.ts";
import type { KeptVoice } from "./kept-voice.ts";
import type { NamedBackground } from "./named-background.ts";
import { termKinds, termUses } from "./term-counts.ts";
import { PassageSpace } from "./voice-background.ts";
import { countBlanks, fewestWords } from "./voice-passages.ts";

/** A stretch of the text, in UTF-16 code units, and how far it moves the score. */
export interface VoiceTurn {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export type VoiceReading =
  /** Too few words to tell. */
  | { readonly kind: "short" }
  | {
      readonly kind: "read";
      readonly score: number;
      /** Share of the writer's own passages that score lower. */
      readonly lower: number;
      /** What is least like the writer, the worst first. */
      readonly turns: readonly VoiceTurn[];
    };

/** A turn has at most so many words; so many are told. */
const mostWordsOfTurn = 4;
const mostTurns = 4;
/** Less than this is nothing that one word could be blamed for. */
const leastWeight = 0.05;

/** Says how much passages sound like a writer. */
export class VoiceReader {
  readonly #voice: KeptVoice;
  readonly #common: ReadonlySet<string>;
  readonly #space: PassageSpace;

  constructor(voice: KeptVoice, background: NamedBackground) {
    this.#voice = voice;
    this.#common = background.common;
    this.#space = new PassageSpace(background);
  }

  read(text: string): VoiceReading {
    if (countBlanks(text) < fewestWords) return { kind: "short" };
    const { bias, own } = this.#voice;
    const { weights, score } = this.#weigh(text);
    const total = score + bias;
    return { kind: "read", score: total, lower: areaBelow(own, total), turns: turnsOf(text, weights) };
  }

  /** How far each character of a text moves the score, and all of them together. */
  #weigh(text: string): { readonly weights: Float64Array; readonly score: number } {
    const weights = new Float64Array(text.length);
    let score = 0;
    const terms = this.#space.terms(text);
    const vectors = this.#space.vectors(terms);
    for (const kind of termKinds) {
      const { counts } = terms[kind];
      const { ids, values } = vectors[kind];
      const { scale, numbers } = this.#voice.weights[kind];
      const each = new Map(
        Array.from(ids, (id, at) => [id, (scale * numbers[id]! * values[at]!) / counts[at]!]),
      );
      for (const { id, start, end } of termUses(text, kind, this.#common)) {
        const weight = each.get(id) ?? 0;
        score += weight;
        for (let at = start; at < end; at++) weights[at]! += weight / (end - start);
      }
    }
    return { weights, score };
  }
}

/** The neighbouring words that together lower the score most, none of which overlap. */
function turnsOf(text: string, weights: Float64Array): readonly VoiceTurn[] {
  const words = Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    weight: weights.subarray(index, index + word.length + 1).reduce((sum, weight) => sum + weight, 0),
  }));
  const runs = words.flatMap((_, from) =>
    Array.from({ length: Math.min(mostWordsOfTurn, words.length - from) }, (__, more): VoiceTurn => {
      const run = words.slice(from, from + more + 1);
      const { start } = run[0]!;
      const told = text.slice(start, run.at(-1)!.end).replace(/(?<=[\p{L}\p{N}])[,;:.]+$/u, "");
      return {
        start,
        end: start + told.length,
        text: told,
        weight: run.reduce((sum, { weight }) => sum + weight, 0),
      };
    }),
  );
  const turns: VoiceTurn[] = [];
  for (const run of runs.toSorted((a, b) => a.weight - b.weight)) {
    if (run.weight > -leastWeight || turns.length === mostTurns) break;
    if (turns.every(({ start, end }) => run.end <= start || run.start >= end)) turns.push(run);
  }
  return turns;
}
