import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { roundWeights, widenWeights } from "./rounded-weights.ts";
import { type TermCounts, termNumbers } from "./term-counts.ts";
import type { VoiceBackground } from "./voice-background.ts";

/** A background as a file has it: what it is of, the assistant's weights in 8 bits, then the terms of all passages. */
const headShape = z.object({
  version: z.literal(1),
  common: z.array(z.string()),
  /** Writers of the passages, one for each passage. */
  impostors: z.array(z.string()),
  rewritten: z.array(z.string()),
  scale: z.number(),
});

/** A background with what names it: what was learned with another one cannot be read with it. */
export interface NamedBackground extends VoiceBackground {
  readonly id: string;
}

const newline = 10;
const mostBytes = 64 * 2 ** 20;

export function encodeBackground({ common, impostors, assistant, rewritten }: VoiceBackground): Uint8Array {
  const { scale, numbers } = roundWeights(assistant);
  const head: z.infer<typeof headShape> = {
    version: 1,
    common: [...common],
    impostors: impostors.map(({ writer }) => writer),
    rewritten: [...rewritten],
    scale,
  };
  const bytes: number[] = [];
  for (const { terms } of impostors) {
    writeTerms(bytes, terms.characters);
    writeTerms(bytes, terms.words);
  }
  const parts = [Buffer.from(`${JSON.stringify(head)}\n`), Buffer.from(numbers.buffer), Buffer.from(bytes)];
  return gzipSync(Buffer.concat(parts), { level: 9 });
}

/** The inverse of `encodeBackground`. Throws where the bytes are of something else. */
export function decodeBackground(bytes: Uint8Array): NamedBackground {
  const unpacked = gunzipSync(bytes, { maxOutputLength: mostBytes });
  const start = unpacked.indexOf(newline) + 1;
  const { common, impostors, rewritten, scale } = headShape.parse(
    JSON.parse(unpacked.toString("utf8", 0, start)),
  );
  const numbers = Int8Array.from(unpacked.subarray(start, start + termNumbers));
  const reader = new TermReader(unpacked, start + termNumbers);
  return {
    id: createHash("sha256").update(bytes).digest("hex").slice(0, 16),
    common: new Set(common),
    rewritten,
    assistant: widenWeights({ scale, numbers }),
    impostors: impostors.map((writer) => {
      const characters = reader.next();
      return { writer, terms: { characters, words: reader.next() } };
    }),
  };
}

/** How many there are, how far each number lies from the one before, then the counts of those that occur repeatedly. */
function writeTerms(bytes: number[], { ids, counts }: TermCounts): void {
  writeNumber(bytes, ids.length);
  let before = 0;
  for (const id of ids) {
    writeNumber(bytes, id - before);
    before = id;
  }
  const repeated = [...counts.keys()].filter((at) => counts[at]! > 1);
  writeNumber(bytes, repeated.length);
  before = 0;
  for (const at of repeated) {
    writeNumber(bytes, at - before);
    writeNumber(bytes, counts[at]!);
    before = at;
  }
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
}

class TermReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  next(): TermCounts {
    const ids = new Uint16Array(this.#number());
    let before = 0;
    for (let at = 0; at < ids.length; at++) {
      before += this.#number();
      ids[at] = before;
    }
    const counts = new Uint8Array(ids.length).fill(1);
    before = 0;
    for (let left = this.#number(); left > 0; left--) {
      before += this.#number();
      counts[before] = this.#number();
    }
    return { ids, counts };
  }

  #number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError("The file of how others write ends too early.");
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
}
