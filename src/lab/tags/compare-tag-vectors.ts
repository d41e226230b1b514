import type { Surroundings } from "../../cli/surroundings.ts";
import { textsForVectors } from "../../learning/cut-document.ts";
import type { Passage } from "../../learning/passages.ts";
import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { createRandom, type Random } from "../../numbers/random.ts";
import { unitMean } from "../../numbers/vectors.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import type { LabelVectors } from "../../tags/features/label-features.ts";
import { EmbeddingKnn, type TagMethod } from "../../tags/proof/tag-methods.ts";
import { TagSuggester, type TagSuggesterOptions } from "../../tags/tag-suggester.ts";
import type { TaggedDocument } from "../../tags/tagged-document.ts";
import { Centroid } from "../baselines/centroid.ts";
import type { EvaluatedDocument } from "../evaluation/evaluated-document.ts";
import type { TuningChoice } from "../evaluation/tuning-options.ts";
import { tuningSize } from "../tunings/tuning-size.ts";
import { meanScores, scoreTagMethod, type TagMethodMetrics } from "./evaluate-tags.ts";
import {
  type FittedVectors,
  fitVectors,
  labelledTexts,
  readVectorsOf,
  type VectorLossKind,
} from "./fit-vectors.ts";

/** A method that uses vectors, with those of the model and with those tuned for tags. */
export interface ComparedTagMethod {
  readonly without: TagMethodMetrics;
  readonly tuned: TagMethodMetrics;
  /** Known recall at 5, tuned − without, over documents. */
  readonly difference: { readonly measure: "recallAt5" } & Interval;
}

/** Part of the answer of `idiolect lab evaluate tags --tune <loss> --json`. */
export interface TagVectorComparison {
  readonly loss: VectorLossKind;
  readonly method: string;
  /** What one writer takes on disk. */
  readonly bytesPerWriter: number;
  /** Numbers that are trained for one writer. */
  readonly trained: number;
  /** So many of the oldest documents the vectors learned; the ranker is fitted on later ones alone. */
  readonly documents: number;
  /** `idiolect` has tuned vectors beside the model's, the others have them in their place. */
  readonly methods: Readonly<Record<"idiolect" | "embeddingKnn" | "centroid", ComparedTagMethod>>;
}

export interface TagVectorRequest {
  readonly reader: GeneralReader;
  readonly loss: VectorLossKind;
  readonly choice: TuningChoice;
  /** Oldest first, and the same as tag methods see them. */
  readonly documents: readonly EvaluatedDocument[];
  readonly tagged: readonly TaggedDocument[];
  /** What the suggester knows without them. */
  readonly suggester: TagSuggesterOptions & { readonly labelVector: LabelVectors };
  readonly seed: number;
}

/**
 * Share of the documents, oldest first, that vectors learn from. Between them and the newest 30 % the ranker
 * sees how good such vectors are for documents that they did not learn.
 */
const learnedShare = 0.5;

/** Throws TooLittleTextError where no tag could teach anything: better at once than after minutes. */
export function checkTags(documents: readonly EvaluatedDocument[]): void {
  labelledTexts(learnedOf(documents));
}

/** Learns vectors from the oldest documents' tags, and suggests tags for the newest 30 % with them and without. */
export async function compareTagVectors(
  request: TagVectorRequest,
  surroundings: Surroundings,
): Promise<TagVectorComparison> {
  const { reader, loss, choice, documents, tagged, suggester, seed } = request;
  const learned = learnedOf(documents);
  const { labelVector } = suggester;
  const fitted = await fitVectors(
    { reader, loss, choice, documents: learned, labelVector, seed },
    surroundings,
  );
  const tuned = await readTuned(request, fitted);
  const vectors = new Map(tuned.map(({ id, vector }) => [id, vector]));
  const personalVector = ({ id }: Pick<TaggedDocument, "id">) => vectors.get(id);
  const plain = { ...suggester, firstFitted: learned.length };
  const random = createRandom(seed).fork("vectors");
  const { perWriter: trained, bytesPerWriter } = tuningSize(fitted.way);
  return {
    loss,
    method: fitted.way.method,
    bytesPerWriter,
    trained,
    documents: learned.length,
    methods: {
      idiolect: compare(
        { method: new TagSuggester(plain), documents: tagged },
        { method: new TagSuggester({ ...plain, personalVector }), documents: tagged },
        random,
      ),
      embeddingKnn: compare(
        { method: new EmbeddingKnn(), documents: tagged },
        { method: new EmbeddingKnn(), documents: tuned },
        random,
      ),
      centroid: compare(
        { method: new Centroid(), documents: tagged },
        { method: new Centroid(), documents: tuned },
        random,
      ),
    },
  };
}

function learnedOf(documents: readonly EvaluatedDocument[]): readonly EvaluatedDocument[] {
  return documents.slice(0, Math.floor(learnedShare * documents.length));
}

/** The documents with tuned vectors in the place of the model's. */
async function readTuned(
  { reader, choice, documents, tagged }: TagVectorRequest,
  fitted: FittedVectors,
): Promise<readonly TaggedDocument[]> {
  const texts = documents.map(({ lead, passages }) => textsForVectors(lead, passages));
  const read = await readVectorsOf(reader.model, fitted, texts.flat(), choice.strength);
  const vectors = dealVectors(texts, read);
  return tagged.map((document, at) => ({ ...document, ...vectors[at]! }));
}

/** Vectors of the texts of several documents, given back to each, with their mean. */
export function dealVectors(
  texts: readonly (readonly Passage[])[],
  read: readonly Float32Array[],
): readonly Pick<TaggedDocument, "vector" | "vectors">[] {
  let from = 0;
  return texts.map(({ length }) => {
    const vectors = read.slice(from, from + length);
    from += length;
    return { vectors, vector: unitMean(vectors) };
  });
}

interface Trial {
  readonly method: TagMethod;
  readonly documents: readonly TaggedDocument[];
}

function compare(without: Trial, tuned: Trial, random: Random): ComparedTagMethod {
  const [plain, better] = [without, tuned].map(({ method, documents }) => scoreTagMethod(method, documents));
  const differences = better!.known.map(({ recallAt5 }, at) => recallAt5 - plain!.known[at]!.recallAt5);
  return {
    without: meanScores(plain!),
    tuned: meanScores(better!),
    difference: { measure: "recallAt5", ...pairedBootstrap(differences, random) },
  };
}
