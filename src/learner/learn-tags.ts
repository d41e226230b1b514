import type { Gate } from "../numbers/gate.ts";
import type { GeneralReader } from "../profile/profile.ts";
import { isVersionWhole, openProfile } from "../profile/versions.ts";
import type { SoftPrompts } from "../prompts/soft-prompts.ts";
import { keptLabelVectors } from "../readings/tags/kept-label-vectors.ts";
import { namesOfNewest, taggedDocuments, taggedRecords } from "../readings/tags/tagged-documents.ts";
import { areStillFitted } from "../tags/fitted-documents.ts";
import type { TagReport } from "../tags/proof/tag-metrics.ts";
import { learnTagSuggestion, type TagLearned, tagGate } from "../tags/tag-learning.ts";
import type { TextEncoder } from "../tone/reading/text-encoder.ts";
import type { LearningCorpus } from "./corpus/learning-corpus.ts";
import type { LearningContext } from "./learning-context.ts";
import { plannedAcceptedTags } from "./learning-plan.ts";
import { PacedEncoder } from "./paced-encoder.ts";

export interface TagStageResult {
  readonly gate: Gate;
  readonly report?: TagReport;
  readonly learned?: TagLearned;
  /** Title and lead of each document under the writer's prompts, by document id. */
  readonly personalVectors: ReadonlyMap<number, Float32Array>;
}

/**
 * Fits the tag ranker on the writer's tagged documents and measures it on the newest of them. Where nearly all of those
 * are the ones that the profile in use was fitted on, its ranker and what was measured of it stay: the documents
 * themselves are remembered anew by whoever suggests.
 */
export async function learnTags(
  context: LearningContext,
  reader: GeneralReader,
  corpus: LearningCorpus,
  own: SoftPrompts | undefined,
): Promise<TagStageResult> {
  const { store, writer, plan, breathe } = context;
  const maker = { modelId: reader.id, profileVersion: undefined };
  const accepted = plannedAcceptedTags(plan, store, writer.id);
  const former = stillFitted(context, reader, namesOfNewest(store, writer.id, accepted));
  if (former !== undefined) {
    return {
      ...former,
      gate: tagGate(taggedRecords(store, writer.id).length, former.report),
      personalVectors: new Map(),
    };
  }
  const tagged = taggedDocuments(store, writer.id, maker, accepted);
  if (tagged.length === 0) {
    return { gate: tagGate(0, undefined), personalVectors: new Map() };
  }
  const encoder = new PacedEncoder(context);
  try {
    const tags = tagged.flatMap((document) => document.tags);
    const labelVector = await keptLabelVectors(
      { store, writerId: writer.id, reader, encoder },
      tags,
      breathe,
    );
    const personal = own && (await readLeads(encoder, corpus, own, breathe));
    const byPath = new Map(corpus.documents.map(({ document }) => [document.path, document.id]));
    const sources = {
      labelVector,
      ...(personal && {
        personalVector: ({ id }: { readonly id: string }) => personal.get(byPath.get(id) ?? -1),
      }),
    };
    const { learned, report } = await learnTagSuggestion(tagged, sources, breathe);
    const personalVectors = learned.usesPrompts && personal ? personal : new Map<number, Float32Array>();
    return { gate: tagGate(tagged.length, report), report, learned, personalVectors };
  } finally {
    await encoder.release();
  }
}

/** What the profile in use has learned of tags; where it uses prompts, which may be other ones now, it is learned anew. */
function stillFitted(
  { store, writer }: LearningContext,
  reader: GeneralReader,
  present: readonly string[],
): Pick<Required<TagStageResult>, "learned" | "report"> | undefined {
  const active = store.profileVersions.active(writer.id);
  if (active === undefined || !isVersionWhole(store, active)) return undefined;
  const open = openProfile(store, writer.id, reader);
  if (open.kind !== "open") return undefined;
  const { tags: learned } = open.profile;
  const report = open.report.heldOut.tags;
  if (learned?.fittedOn === undefined || report === undefined || learned.usesPrompts) return undefined;
  return areStillFitted(learned.fittedOn, present) ? { learned, report } : undefined;
}

async function readLeads(
  encoder: TextEncoder,
  { documents }: LearningCorpus,
  prompts: SoftPrompts,
  breathe: () => Promise<void>,
): Promise<ReadonlyMap<number, Float32Array>> {
  const leads = documents.map(({ lead }) => lead);
  const readings = await encoder.read(leads, prompts, breathe);
  return new Map(documents.map(({ document }, at) => [document.id, readings[at]!.vector]));
}
