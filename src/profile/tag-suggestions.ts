import type { TaggedDocument } from "../evaluation/tagged-document.ts";
import type { SoftPrompts } from "../prompts/soft-prompts.ts";
import type { Store } from "../store/store.ts";
import type { TagCorrection } from "../tasks/tags/corrections.ts";
import { TagSuggester, type TagSuggestion } from "../tasks/tags/tag-suggester.ts";
import { unitMean } from "../tasks/tags/unit-mean.ts";
import type { TextEncoder } from "../tasks/text-encoder.ts";
import { readLabels } from "./label-vectors.ts";
import type { OpenProfile } from "./open-profile.ts";
import type { GeneralReader } from "./profile.ts";
import { taggedDocuments } from "./tagged-documents.ts";
import { cutDocument, textsForVectors, titleAndLead } from "./writer-passages.ts";

/** A text that tags are wanted for. Its own tags are not looked at. */
export interface UntaggedText {
  /** Path, so that the very document is known again. */
  readonly id: string;
  /** Undefined: as if it were written right after the newest document. */
  readonly timeMs: number | undefined;
  readonly title: string | undefined;
  readonly sentences: readonly string[];
}

export interface SuggestionSources {
  readonly store: Store;
  readonly writerId: number;
  readonly reader: GeneralReader;
  readonly encoder: TextEncoder;
  readonly open: OpenProfile;
}

/** The best tags for a text, best first, with reasons. Copies of it in the store count for nothing. */
export async function suggestTags(
  sources: SuggestionSources,
  text: UntaggedText,
  limit: number,
): Promise<readonly TagSuggestion[]> {
  const { store, writerId, reader, encoder, open } = sources;
  const learned = open.profile.tags;
  const maker = { modelId: reader.id, profileVersion: undefined };
  const documents = taggedDocuments(store, writerId, maker).filter(({ tags }) => tags.length > 0);
  if (learned === undefined || documents.length === 0) {
    return [];
  }
  const tags = documents.flatMap((document) => document.tags);
  const labelVector = await readLabels(reader.model, encoder, tags, reader.prompts);
  const newestMs = Math.max(...documents.map(({ timeMs }) => timeMs));
  const query = await readQuery(sources, text, newestMs);
  const own = learned.usesPrompts ? open.profile.prompts : undefined;
  const personalVector = own && (await personalVectors(sources, text, own));
  const suggester = new TagSuggester({
    labelVector,
    state: learned.suggester,
    corrections: tagCorrections(store, writerId),
    ...(personalVector === undefined ? {} : { personalVector }),
  });
  for (const document of documents) {
    suggester.learn(document);
  }
  return suggester.explain(query, limit);
}

async function readQuery(
  { reader, encoder }: SuggestionSources,
  { id, timeMs, title, sentences }: UntaggedText,
  newestMs: number,
): Promise<TaggedDocument> {
  const { model, prompts } = reader;
  const lead = titleAndLead(model, title, sentences);
  const passages = textsForVectors(lead, cutDocument(model, id, sentences).passages);
  const vectors = (await encoder.read(passages, prompts)).map(({ vector }) => vector);
  const text = sentences.join(" ");
  const vector = unitMean(vectors);
  return { id, timeMs: timeMs ?? newestMs, title: title ?? "", text, tags: [], vectors, vector };
}

/** Those of the documents were kept when the profile was learned. */
async function personalVectors(
  { store, writerId, reader, encoder, open }: SuggestionSources,
  { id, title, sentences }: UntaggedText,
  prompts: SoftPrompts,
): Promise<(document: TaggedDocument) => Float32Array | undefined> {
  const maker = { modelId: reader.id, profileVersion: open.id };
  const paths = new Map(store.documents.list(writerId).map((document) => [document.id, document.path]));
  const vectors = new Map(
    store.vectors
      .list(writerId, maker, "document")
      .map(({ documentId, values }) => [paths.get(documentId), values]),
  );
  const [reading] = await encoder.read([titleAndLead(reader.model, title, sentences)], prompts);
  return (document) =>
    document.tags.length === 0 && document.id === id ? reading!.vector : vectors.get(document.id);
}

function tagCorrections(store: Store, writerId: number): readonly TagCorrection[] {
  return store.corrections.current(writerId).flatMap(({ lesson, vector }) => {
    if (lesson.kind === "tone") {
      return [];
    }
    const kind = lesson.kind === "tagAdded" ? "add" : "veto";
    const { tag, documentPath, textHash } = lesson;
    return [{ kind, tag, documentId: documentPath ?? textHash, vector: [...(vector?.values ?? [])] }];
  });
}
