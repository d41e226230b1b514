import { gate } from "../numbers/gate.ts";
import { encodeProfile, type GeneralReader, profileFormatVersion } from "../profile/profile.ts";
import { noTraining, type ProfileReport } from "../profile/report.ts";
import { isEarly } from "../profile/versions.ts";
import { said, saidCount } from "../said/said.ts";
import { asJson } from "../store/database/columns.ts";
import { tagsBeforeLearning } from "../tags/tag-learning.ts";
import type { LearningCorpus, PreparedDocument } from "./corpus/learning-corpus.ts";
import { type LearningContext, tellProgress } from "./learning-context.ts";
import { type DocumentToRead, readDocuments } from "./read-documents.ts";

/** The newest tagged documents; with more the first suggestions would be long in coming. */
const mostEarlyDocuments = 400;
const notYet = gate(false, said("still learning"));

/**
 * Publishes a first profile version within seconds, which suggests tags by what other writers teach,
 * from title and lead of the writer's tagged documents. Nothing is trained or measured in it. It only fills
 * a gap: a profile that is in use already stays.
 */
export async function publishEarlyTags(
  context: LearningContext,
  reader: GeneralReader,
  corpus: LearningCorpus,
): Promise<void> {
  const tagged = corpus.documents.filter(({ document }) => document.tags.length > 0);
  if (tagged.length === 0 || hasProfile(context, reader)) {
    return;
  }
  tellProgress(context, "early");
  await readLeads(context, reader, tagged.slice(-mostEarlyDocuments));
  const version = {
    baseModelId: reader.id,
    formatVersion: profileFormatVersion,
    blobs: encodeProfile({ tags: tagsBeforeLearning }),
    report: asJson(earlyReport(corpus, tagged.length)),
  };
  const { store, writer, lease } = context;
  const { id } = store.inTransaction(() => {
    lease.confirm();
    return store.profileVersions.add(writer.id, version, "activate");
  });
  context.emit({ kind: "published", profile: id, isEarly: true });
}

/** Drops the early versions once there is a full one; to be called in the transaction that adds it. */
export function dropEarlyVersions({ store, writer }: Pick<LearningContext, "store" | "writer">): void {
  for (const version of store.profileVersions.list(writer.id)) {
    if (!version.isActive && isEarly(version)) store.profileVersions.remove(writer.id, version.id);
  }
}

/** Whether a version that fits the model is in use already. */
export function hasProfile(
  { store, writer }: Pick<LearningContext, "store" | "writer">,
  reader: GeneralReader,
): boolean {
  return store.profileVersions.active(writer.id)?.baseModelId === reader.id;
}

function readLeads(
  context: LearningContext,
  { id, prompts }: GeneralReader,
  documents: readonly PreparedDocument[],
): Promise<void> {
  const leads = documents.map(
    ({ document, lead }): DocumentToRead => ({ documentId: document.id, texts: [lead] }),
  );
  const maker = { modelId: id, profileVersion: undefined };
  return readDocuments(context, { extent: "leads", maker, prompts, documents: leads });
}

function earlyReport({ summary }: LearningCorpus, taggedDocuments: number): ProfileReport {
  const tags = gate(
    true,
    saidCount(
      taggedDocuments,
      "still learning; so far from the title and first paragraph of {0} tagged document",
      "still learning; so far from the titles and first paragraphs of {0} tagged documents",
    ),
  );
  return {
    isEarly: true,
    corpus: summary,
    curves: { masking: [] },
    heldOut: {},
    gate: { tone: notYet, tags, masking: notYet },
    learned: noTraining,
  };
}
