import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { cutDocument } from "../../src/learning/cut-document.ts";
import { unitMean } from "../../src/numbers/vectors.ts";
import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { suggestPrequentially } from "../../src/tags/proof/suggest-prequentially.ts";
import { EmbeddingKnn, MostFrequent, type TagMethod } from "../../src/tags/proof/tag-methods.ts";
import {
  type DocumentTagScore,
  meanTagMetrics,
  scoreSuggestions,
  type TagMetrics,
} from "../../src/tags/proof/tag-metrics.ts";
import type { TaggedDocument } from "../../src/tags/tagged-document.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";

/** Title and the first few hundred words are enough to compare models. */
const passagesRead = 3;

/** Recall@5 of known tags on one blog, for the mean over blogs. */
export interface NeighbourMeasure {
  readonly blog: string;
  readonly mostFrequent: TagMetrics;
  /** By model name. */
  readonly embeddingKnn: Readonly<Record<string, TagMetrics>>;
}

/** How well each model's vectors find documents with the same tags, on every blog of a folder. */
export async function measureNeighbours(
  corpora: string,
  models: Readonly<Record<string, PretrainedModel>>,
  threads: number,
): Promise<readonly NeighbourMeasure[]> {
  if (!existsSync(corpora)) {
    return [];
  }
  const blogs = readdirSync(corpora, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const measures: NeighbourMeasure[] = [];
  for (const { name: blog } of blogs.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const embeddingKnn: Record<string, TagMetrics> = {};
    let mostFrequent: TagMetrics | undefined;
    for (const [name, model] of Object.entries(models)) {
      const documents = await encodeBlog(join(corpora, blog), model, threads);
      embeddingKnn[name] = prequential(new EmbeddingKnn(), documents);
      mostFrequent ??= prequential(new MostFrequent(), documents);
    }
    measures.push({ blog, mostFrequent: mostFrequent!, embeddingKnn });
  }
  return measures;
}

async function encodeBlog(
  folder: string,
  model: PretrainedModel,
  threads: number,
): Promise<readonly TaggedDocument[]> {
  const { documents } = await readCorpus([folder], {}, diskFileSource);
  const encoder = new TextEncoder(model, { threads });
  const tagged: TaggedDocument[] = [];
  for (const { path, dateMs, title = "", sentences, tags } of documents.filter(
    ({ tags }) => tags.length > 0,
  )) {
    const plain = [title, ...sentences.map((sentence) => sentence.plain)];
    const { passages } = cutDocument(model, path, plain);
    const vectors = (await encoder.read(passages.slice(0, passagesRead))).map(({ vector }) => vector);
    tagged.push({
      id: path,
      timeMs: dateMs ?? 0,
      title,
      text: plain.join(" "),
      tags,
      vectors,
      vector: unitMean(vectors),
    });
  }
  await encoder.release();
  return tagged;
}

/** Known tags only: each later document is suggested tags from everything before it. */
function prequential(method: TagMethod, documents: readonly TaggedDocument[]): TagMetrics {
  const scores: DocumentTagScore[] = [];
  for (const asked of suggestPrequentially([method], documents, 10)) {
    const score = asked && scoreSuggestions(asked.suggestions[0]!, new Set(asked.knownTags));
    if (score !== undefined) scores.push(score);
  }
  return meanTagMetrics(scores);
}
