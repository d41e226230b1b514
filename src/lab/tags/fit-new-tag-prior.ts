import { byDate } from "../../numbers/by-date.ts";
import { newTagCandidates, newTagFeatures } from "../../tags/ranker/new-tags.ts";
import { fitRanker, type RankedRows, type RankerPrior, startFrom } from "../../tags/ranker/ranker.ts";
import { RememberedWords } from "../../tags/remembered-words.ts";
import { tagForm } from "../../tags/tag-form.ts";
import { TagMemory } from "../../tags/tag-memory.ts";
import { type TaggedDocument, tagKeys } from "../../tags/tagged-document.ts";

/** The oldest part of a writer's documents only fills the memory. */
const warmUpShare = 0.2;
const weightPrecision = 5;

/** For each document of a writer the phrases that could be a new tag, and which of them became one. */
export function newTagLessonsOf(documents: readonly TaggedDocument[]): readonly RankedRows[] {
  const sources = { memory: new TagMemory(), words: new RememberedWords() };
  const rows: RankedRows[] = [];
  byDate(documents).forEach((document, at) => {
    if (at >= warmUpShare * documents.length) {
      const candidates = newTagCandidates(document, sources);
      const own = new Set(tagKeys(document).map(tagForm));
      rows.push({
        values: Float32Array.from(candidates.flatMap(({ values }) => values)),
        labels: Uint8Array.from(candidates, ({ phrase }) => (own.has(tagForm(phrase.key)) ? 1 : 0)),
      });
    }
    sources.words.add(document);
    sources.memory.add(document);
  });
  return rows;
}

/** The weights that fit all these documents together. */
export function fitNewTagPrior(rows: readonly RankedRows[]): RankerPrior {
  const start = startFrom({ version: 1, bias: 0, features: {} }, newTagFeatures, rows);
  const weights = fitRanker(rows, start, { weightPrecision, biasPrecision: 1e-3 });
  const features = newTagFeatures.map((name, at) => {
    return [name, { mean: start.mean[at]!, deviation: start.deviation[at]!, weight: weights[at]! }] as const;
  });
  return { version: 1, bias: weights[newTagFeatures.length]!, features: Object.fromEntries(features) };
}
