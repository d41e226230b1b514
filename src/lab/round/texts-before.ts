import { z } from "zod";
import { dot } from "../../numbers/vectors.ts";
import { keepResult } from "../sentiment/kept-results.ts";
import { readInContext } from "../tone/context-readings.ts";
import type { RatedReaders, ReadRatedWriter } from "./read-rated-writers.ts";

/** A text's reading with texts of a writer before it, by the text's key. */
export type ReadingsByKey = ReadonlyMap<string, { readonly latent: number; readonly textScale: number }>;

/** Readings of a writer's later texts with known texts as a hard prompt: the writer's own, and another writer's. */
export interface TextsBefore {
  readonly own: ReadingsByKey;
  readonly anothers: ReadingsByKey;
}

/** So many texts stand before one, those nearest to it in meaning. */
const textsBefore = 2;

const readingsShape = z.array(z.object({ latent: z.number(), textScale: z.number() }));

/**
 * Reads the later texts of each writer with the nearest two of the known ones before them, and with those of the writer
 * before in the list. The known texts are the first `knownShare` of a writer's.
 * @param texts by the labels' keys
 */
export async function readWithTextsBefore(
  writers: readonly ReadRatedWriter[],
  texts: ReadonlyMap<string, string>,
  knownShare: number,
  { reader, kept }: Pick<RatedReaders, "reader" | "kept">,
  threads: number,
): Promise<readonly TextsBefore[]> {
  const split = writers.map(({ labels }) => {
    const count = Math.floor(knownShare * labels.length);
    return { known: labels.slice(0, count), later: labels.slice(count) };
  });
  const read = async (pool: (at: number) => ReadRatedWriter["labels"]): Promise<readonly ReadingsByKey[]> => {
    const sentences = split.map(({ later }, at) =>
      later.map((text) => ({
        key: text.key,
        text: texts.get(text.key)!,
        before: pool(at)
          .toSorted((a, b) => dot(a.vector, text.vector) - dot(b.vector, text.vector))
          .slice(-textsBefore)
          .map(({ key }) => texts.get(key)!),
      })),
    );
    const all = sentences.flat();
    const prompts = reader.tonePrompts;
    const name = "texts-before";
    const dependsOn = [reader.id, all];
    const readings = await keepResult(kept, { name, dependsOn, shape: readingsShape }, async () => {
      const inContext = await readInContext(reader.model, all, { prompts, threads });
      return inContext.map(({ latent, textScale = 1 }) => ({ latent, textScale }));
    });
    const given = readings.values();
    return sentences.map((own) => new Map(own.map(({ key }) => [key, given.next().value!])));
  };
  const own = await read((at) => split[at]!.known);
  const anothers = await read((at) => split.at(at - 1)!.known);
  return writers.map((_, at) => ({ own: own[at]!, anothers: anothers[at]! }));
}
