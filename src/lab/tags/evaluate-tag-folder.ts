import { TooLittleTextError } from "../../cli/errors.ts";
import type { Surroundings } from "../../cli/surroundings.ts";
import { languagesFound } from "../../corpus/languages-found.ts";
import { textsForVectors } from "../../learning/cut-document.ts";
import { splitByDate } from "../../numbers/by-date.ts";
import { createRandom } from "../../numbers/random.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { readLabelVectors } from "../../readings/tags/label-vectors.ts";
import { threadCount } from "../../session/learning-options.ts";
import type { RankerPrior } from "../../tags/ranker/ranker.ts";
import { learnTagSuggestion } from "../../tags/tag-learning.ts";
import type { TagSuggesterOptions } from "../../tags/tag-suggester.ts";
import type { TaggedDocument } from "../../tags/tagged-document.ts";
import { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { type EvaluatedDocument, readForEvaluation } from "../evaluation/evaluated-document.ts";
import { fitPrompts, startingPrompts } from "../evaluation/fit-prompts.ts";
import type { TuningChoice } from "../evaluation/tuning-options.ts";
import {
  checkTags,
  compareTagVectors,
  dealVectors,
  type TagVectorComparison,
} from "./compare-tag-vectors.ts";
import { evaluateTags, type TagEvaluation } from "./evaluate-tags.ts";
import type { VectorLossKind } from "./fit-vectors.ts";

/** Prompts add little to tags; fewer passages than `learn` takes keep the measurement within its minutes. */
const maximumPassages = 240;
/** Below this a split has nothing to say. */
const fewestDocuments = 10;

export interface TagEvaluationRequest {
  readonly folder: string;
  readonly seed: number;
  /** Other writers' ranker weights, in place of the shipped ones, which know the blogs they were fitted on. */
  readonly prior: RankerPrior | undefined;
  /** Vectors are learned from tags, too, if present. */
  readonly tuning?: TagTuning;
}

/** What vectors learn from tags, and how. */
export interface TagTuning {
  readonly loss: VectorLossKind;
  readonly choice: TuningChoice;
}

/** The answer of `idiolect lab evaluate tags --json`. */
export interface FolderTagEvaluation extends TagEvaluation {
  /** With `--tune`. */
  readonly tuned?: TagVectorComparison;
}

/**
 * Measures tag suggestion on a folder: prompts and heads are fitted once, on the oldest 70 %. As in learning, a writer
 * of another language than those that are read has no prompts.
 */
export async function evaluateTagFolder(
  reader: GeneralReader,
  { folder, seed, prior, tuning }: TagEvaluationRequest,
  surroundings: Surroundings,
): Promise<FolderTagEvaluation> {
  const all = await readForEvaluation(reader.model, folder, surroundings);
  const documents = withTags(all, folder);
  if (tuning !== undefined) checkTags(documents);
  surroundings.note(`${documents.length} of ${all.length} documents have tags.`);
  const { earlier } = splitByDate(documents);
  const shared = await startingPrompts(reader, earlier);
  const request = { reader, shared, documents: earlier, seed, maximumPassages, title: "prompts" };
  const own = hasTagsAlone(documents) ? undefined : await fitPrompts(request, surroundings);
  if (own === undefined)
    surroundings.note("No prompts were learned: next to nothing is in a language that is read.");
  const encoder = new TextEncoder(reader.model, { threads: threadCount() });
  try {
    const tagged = await readVectors(encoder, documents, reader.prompts);
    const tags = documents.flatMap(({ document }) => document.tags);
    const labelVector = await readLabelVectors(reader.model, encoder, tags, reader.prompts);
    const known = tagged.slice(0, earlier.length);
    const plain = { labelVector, ...(prior === undefined ? {} : { prior }) };
    const personal = own && { personalVector: await readLeads(encoder, documents, own) };
    const sources = { ...plain, ...personal };
    const { learned } = await learnTagSuggestion(known, sources, async () => undefined);
    const suggester: TagSuggesterOptions = learned.usesPrompts ? sources : plain;
    surroundings.note(`Vectors under the writer's prompts: ${learned.usesPrompts ? "used" : "not used"}.`);
    const evaluation = evaluateTags(tagged, { random: createRandom(seed), suggester });
    if (tuning === undefined) return evaluation;
    const compared = { reader, ...tuning, documents, tagged, suggester: plain, seed };
    return { ...evaluation, tuned: await compareTagVectors(compared, surroundings) };
  } finally {
    await encoder.release();
  }
}

function withTags(all: readonly EvaluatedDocument[], folder: string): readonly EvaluatedDocument[] {
  const tagged = all.filter(({ document }) => document.tags.length > 0);
  if (tagged.length < fewestDocuments) {
    throw new TooLittleTextError(
      `${tagged.length} documents in ${folder} have tags; at least ${fewestDocuments} are needed.`,
    );
  }
  return tagged;
}

function hasTagsAlone(documents: readonly EvaluatedDocument[]): boolean {
  const words = new Map<string, number>();
  for (const { document } of documents) {
    if (document.language === undefined) continue;
    words.set(document.language, (words.get(document.language) ?? 0) + document.words);
  }
  return languagesFound(words).hasTagsAlone;
}

async function readVectors(
  encoder: TextEncoder,
  documents: readonly EvaluatedDocument[],
  prompts: SoftPrompts | undefined,
): Promise<readonly TaggedDocument[]> {
  const texts = documents.map(({ lead, passages }) => textsForVectors(lead, passages));
  const read = await encoder.read(texts.flat(), prompts);
  const vectors = dealVectors(
    texts,
    read.map(({ vector }) => vector),
  );
  return documents.map(({ id, timeMs, document: { title = "", tags }, sentences }, at) => {
    return { id, timeMs, title, text: sentences.join(" "), tags, ...vectors[at]! };
  });
}

async function readLeads(
  encoder: TextEncoder,
  documents: readonly EvaluatedDocument[],
  prompts: SoftPrompts,
): Promise<(document: Pick<TaggedDocument, "id">) => Float32Array | undefined> {
  const readings = await encoder.read(
    documents.map(({ lead }) => lead),
    prompts,
  );
  const vectors = new Map(documents.map(({ id }, at) => [id, readings[at]!.vector]));
  return ({ id }) => vectors.get(id);
}
