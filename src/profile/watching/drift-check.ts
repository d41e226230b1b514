import type { MeasureRhythm } from "../../learning/masked-lm-measure.ts";
import type { Passage } from "../../learning/passages.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { scoredDocuments, scoreMaskedLm } from "../compare-masked-lm.ts";
import { type DriftBaseline, type DriftReport, judgeDrift } from "./drift.ts";
import { subtractLosses } from "./loss-band.ts";
import { tagDrift } from "./tag-drift.ts";

/** A document that a profile may not know. */
export interface CheckedDocument {
  readonly path: string;
  readonly passages: readonly Passage[];
  readonly tags: readonly string[];
}

export interface DriftCheck {
  readonly model: PretrainedModel;
  readonly baseline: DriftBaseline;
  /** Those of the profile version: what everybody starts from, and the writer's. */
  readonly shared: SoftPrompts;
  readonly own: SoftPrompts;
  /** All that the version was learned from, oldest first. */
  readonly known: readonly { readonly tags: readonly string[] }[];
  /** New documents, oldest first. */
  readonly fresh: readonly CheckedDocument[];
  readonly threads: number;
}

/** Passages that are read of one document: enough to know its loss within a tenth of a nat. */
const passagesPerDocument = 12;
/** Documents that are read, the newest: more take minutes and change no verdict. */
const mostDocuments = 100;

/** Reads new documents with and without the writer's part of a profile version and says whether they still fit it. */
export async function checkDrift(check: DriftCheck, rhythm: MeasureRhythm = {}): Promise<DriftReport> {
  const { model, baseline, shared, own, known, fresh, threads } = check;
  const tags = tagDrift(known, fresh);
  if (baseline.band === undefined || fresh.length === 0) {
    return judgeDrift(
      baseline,
      fresh.map(({ path }) => ({ path, passages: [] })),
      tags,
    );
  }
  const passages = passagesToCheck(fresh);
  const scores = await scoreMaskedLm(model, passages, { own, shared }, { ...rhythm, threads, seed: "drift" });
  const documents = (of: typeof scores.own) => scoredDocuments(passages, of);
  return judgeDrift(baseline, subtractLosses(documents(scores.own), documents(scores.shared)), tags);
}

/** Passages that are read for the check, so that their work can be planned. */
export function passagesToCheck(fresh: readonly CheckedDocument[]): readonly Passage[] {
  return fresh.slice(-mostDocuments).flatMap(evenly);
}

/** Spread over the document; a passage names its document by the path. */
function evenly({ path, passages }: CheckedDocument): readonly Passage[] {
  const stride = Math.max(1, passages.length / passagesPerDocument);
  return passages
    .filter((_, at) => Math.floor(at / stride) !== Math.floor((at - 1) / stride))
    .map((passage) => ({ ...passage, document: path }));
}
