import { readFile } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "../../cli/errors.ts";
import { byDate } from "../../numbers/by-date.ts";
import { FeatureExtractor, type FeatureSources } from "../../tags/features/feature-extractor.ts";
import { fitRanker, type RankedRows, type RankerPrior, startFrom } from "../../tags/ranker/ranker.ts";
import { type TaggedDocument, tagKeys } from "../../tags/tagged-document.ts";

/** One writer's documents as lessons for a ranker. */
export interface WriterLessons {
  readonly names: readonly string[];
  readonly rows: readonly RankedRows[];
}

/** The oldest part of a writer's documents only fills the memory. */
const warmUpShare = 0.2;
/** Every writer counts as much as this many documents, however many there are. */
const documentsPerWriter = 100;
const weightPrecision = 50;

/** What each document of a writer, asked from everything before it, teaches about the features. */
export function lessonsOf(documents: readonly TaggedDocument[], sources: FeatureSources = {}): WriterLessons {
  const extractor = new FeatureExtractor(sources);
  const rows: RankedRows[] = [];
  byDate(documents).forEach((document, at) => {
    if (at >= warmUpShare * documents.length) {
      const { query, values } = extractor.features(document);
      const own = new Set(tagKeys(document).map((key) => extractor.memory.numberOf(key)));
      const labels = Uint8Array.from(query.tags, (tag) => (own.has(tag) ? 1 : 0));
      if (labels.includes(1)) rows.push({ values, labels });
    }
    extractor.add(document);
  });
  return { names: extractor.names, rows };
}

/** The weights that fit all these writers together, each counting the same; the prior of a new writer. */
export function fitRankerPrior(writers: readonly WriterLessons[]): RankerPrior {
  const names = writers[0]?.names ?? [];
  const rows = writers.flatMap((writer) =>
    writer.rows.map((row) => ({ ...row, weight: documentsPerWriter / writer.rows.length })),
  );
  const start = startFrom({ version: 1, bias: 0, features: {} }, names, rows);
  const weights = fitRanker(rows, start, { weightPrecision, biasPrecision: 1e-3 });
  const features = names.map((name, at) => {
    return [name, { mean: start.mean[at]!, deviation: start.deviation[at]!, weight: weights[at]! }] as const;
  });
  return { version: 1, bias: weights[names.length]!, features: Object.fromEntries(features) };
}

const rankerPriorShape = z.object({
  version: z.literal(1),
  bias: z.number(),
  features: z.record(z.string(), z.object({ mean: z.number(), deviation: z.number(), weight: z.number() })),
});

/** Reads ranker weights of other writers, as scripts/tags/fit-ranker-prior.ts writes them. */
export async function readRankerPrior(path: string): Promise<RankerPrior> {
  try {
    return rankerPriorShape.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new UsageError(
      `${path} holds no ranker weights. Make them with scripts/tags/fit-ranker-prior.ts --leave-one-out.`,
      { cause },
    );
  }
}
