import { cutDocument, textsForVectors, titleAndLead } from "../../learning/cut-document.ts";
import { unitMean } from "../../numbers/vectors.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import type { OpenProfile } from "../../profile/versions.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { VectorMaker } from "../../store/repositories/vectors.ts";
import type { Store } from "../../store/store.ts";
import { contentAt, releasePart } from "../../tags/document-part.ts";
import type { HeldDocument } from "../../tags/features/feature-extractor.ts";
import { finishInSlices } from "../../tags/pausable-work.ts";
import type { TagCorrection } from "../../tags/tag-corrections.ts";
import { contentName } from "../../tags/tag-memory.ts";
import { TagSuggester, type TagSuggestion } from "../../tags/tag-suggester.ts";
import type { DocumentFacts, TaggedDocument } from "../../tags/tagged-document.ts";
import { tagKey } from "../../text/tag-key.ts";
import { textHash } from "../../text/text-hash.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import type { ClosedTags } from "./closed-tags.ts";
import { KeptDocuments } from "./kept-documents.ts";
import { keptLabelVectors } from "./kept-label-vectors.ts";
import { KeptRegressionRows } from "./kept-regression-rows.ts";
import { presentLessons } from "./present-lessons.ts";
import { type PlaceOf, withPresentReasons } from "./present-reasons.ts";
import { type TaggedRecord, taggedRecords } from "./tagged-documents.ts";

/** A text that tags are wanted for. */
export interface UntaggedText {
  /** Path, so that the very document is known again. */
  readonly id: string;
  /** Undefined: as if it were written right after the newest document. */
  readonly timeMs: number | undefined;
  readonly title: string | undefined;
  readonly sentences: readonly string[];
  /** Tags that it has already, to speak for those that come with them; its own tags are not looked at if absent. */
  readonly present?: readonly string[];
}

export interface SuggestionSources {
  /** Read anew after every wait: the editor's server may open another meanwhile. */
  readonly store: Store;
  readonly writerId: number;
  readonly reader: GeneralReader;
  readonly encoder: TextEncoder;
  readonly open: OpenProfile;
  /** As in `SuggestionOptions`. */
  readonly placeOf?: PlaceOf;
}

/** Lets others go first between slices of work; a caller may cancel by throwing in it. */
type Breathe = () => Promise<void>;

/** Each takes some hundredths of a millisecond to be given its place. */
const documentsPerSlice = 64;

const withoutBreath: Breathe = async () => undefined;

/** Which tags are wanted. */
export interface SuggestionWishes {
  readonly limit: number;
  /** So many that the writer never used are proposed after the others, at most; none where a list is closed. */
  readonly newTags?: number;
  /** The only tags that may be suggested; those of them that the writer never used come last. */
  readonly closed?: ClosedTags | undefined;
}

/** The best tags for a text, best first, with reasons. Copies of the text in the store count for nothing. */
export async function suggestTags(
  sources: SuggestionSources,
  text: UntaggedText,
  { limit, newTags = 0, closed }: SuggestionWishes,
): Promise<readonly TagSuggestion[]> {
  const { store, writerId, encoder, placeOf } = sources;
  const prepared = await prepareTags(sources);
  const known = await prepared?.suggest(encoder, text, {
    limit: closed === undefined ? limit : Number.POSITIVE_INFINITY,
    corrections: tagCorrections(store, writerId, { id: text.id, textHashes: [hashOfText(text.sentences)] }),
    ...(placeOf && { placeOf }),
  });
  if (closed !== undefined) return closed.obeyedBy(known ?? []).slice(0, limit);
  return [...(known ?? []), ...(prepared?.proposeNew(text, newTags) ?? [])];
}

/**
 * Everything about a writer's tags that does not depend on the text they are wanted for. It holds as
 * long as the profile and its documents do. Undefined where nothing was learned of tags.
 */
export async function prepareTags(
  sources: SuggestionSources,
  breathe: Breathe = withoutBreath,
): Promise<PreparedTags | undefined> {
  const { writerId, reader, open } = sources;
  const learned = open.profile.tags;
  if (learned === undefined) return undefined;
  const records = taggedRecords(sources.store, writerId);
  if (records.length === 0) return undefined;
  const prompts = learned.usesPrompts ? open.profile.prompts : undefined;
  const tags = records.flatMap(({ record }) => record.tags);
  const labelVector = await keptLabelVectors(sources, tags, breathe);
  const personalVectors = new WeakMap<DocumentFacts, Float32Array>();
  const suggester = new TagSuggester({
    labelVector,
    state: learned.suggester,
    ...(prompts && { personalVector: (document) => personalVectors.get(document) }),
  });
  const rows = new KeptRegressionRows(sources, records.length);
  const held = await holdDocuments(sources, suggester, records, breathe);
  for (const [place, tagged] of records.entries()) {
    if (place % documentsPerSlice === 0) await breathe();
    const { name, ...own } = held.get(tagged)!;
    const { path, tags } = tagged.record;
    const document = { id: path, timeMs: tagged.timeMs, tags, ...own };
    const vector = prompts && personalVectorOf(sources, tagged);
    if (vector !== undefined) personalVectors.set(document, vector);
    suggester.admit(document);
    rows.add(name);
  }
  await rows.settle(suggester, breathe);
  const newestMs = records.at(-1)!.timeMs;
  return new PreparedTags({ reader, own: prompts, suggester, personalVectors, newestMs });
}

/** A held document, and a name of all that is remembered of it. */
type NamedDocument = Pick<HeldDocument, "run" | "content"> & { readonly name: string };

/** Has a suggester hold what is remembered of documents: part by part, for all of it twice would not fit the server's memory. */
async function holdDocuments(
  sources: SuggestionSources,
  suggester: TagSuggester,
  records: readonly TaggedRecord[],
  breathe: Breathe,
): Promise<ReadonlyMap<TaggedRecord, NamedDocument>> {
  const held = new Map<TaggedRecord, NamedDocument>();
  const documents = new KeptDocuments(sources, records, generalMaker(sources.reader));
  for (const group of documents.groups) {
    await breathe();
    const part = await documents.read(group, breathe);
    const first = suggester.hold(part);
    for (const [nth, tagged] of group.records.entries()) {
      const content = contentName(contentAt(part, nth));
      held.set(tagged, { run: first + nth, content, name: part.names[nth]! });
    }
    if (first === 0) suggester.reserve(records.length);
    releasePart(part);
  }
  return held;
}

interface Prepared {
  readonly reader: GeneralReader;
  /** The writer's prompts where they help with tags. */
  readonly own: SoftPrompts | undefined;
  readonly suggester: TagSuggester;
  /** What the writer's prompts say of documents, and of the texts that were asked about. */
  readonly personalVectors: WeakMap<DocumentFacts, Float32Array>;
  readonly newestMs: number;
}

export interface SuggestionOptions {
  readonly limit: number;
  /** So many of the best have reasons; all if absent. */
  readonly explained?: number;
  readonly corrections: readonly TagCorrection[];
  /** Reasons name documents where they lie now; as they were learned if absent. */
  readonly placeOf?: PlaceOf;
}

/** Texts whose vectors are kept for another question. */
const keptQueries = 4;

/** A writer's tags, ready for suggesting. */
export class PreparedTags {
  readonly #prepared: Prepared;
  readonly #queries = new Map<string, TaggedDocument>();

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
  }

  /** The best tags for a text, best first. Copies of it among the documents count for nothing. */
  async suggest(
    encoder: TextEncoder,
    text: UntaggedText,
    { limit, explained = limit, corrections, placeOf }: SuggestionOptions,
    breathe: Breathe = withoutBreath,
  ): Promise<readonly TagSuggestion[]> {
    const query = await this.#query(encoder, text, breathe);
    const { suggester } = this.#prepared;
    suggester.replaceCorrections(corrections);
    const suggestions = await finishInSlices(
      suggester.explainInSteps(query, limit, { explained, present: text.present ?? [] }),
      breathe,
    );
    return placeOf === undefined ? suggestions : withPresentReasons(suggestions, placeOf);
  }

  /** Tags that the writer never used, named in the text itself; corrections are those of the last `suggest`. */
  proposeNew({ id, timeMs, title = "", sentences }: UntaggedText, limit: number): readonly TagSuggestion[] {
    const { suggester, newestMs } = this.#prepared;
    const text = sentences.join(" ");
    const vectors: readonly Float32Array[] = [];
    const document = {
      id,
      timeMs: timeMs ?? newestMs,
      title,
      text,
      tags: [],
      vectors,
      vector: unitMean(vectors),
    };
    return suggester.proposeNew(document, limit);
  }

  /** The text as it was read, also when it is asked about again: a correction changes the answer, not the text. */
  async #query(encoder: TextEncoder, text: UntaggedText, breathe: Breathe): Promise<TaggedDocument> {
    const { present: _, ...read } = text;
    const key = textHash(JSON.stringify(read));
    const known = this.#queries.get(key);
    if (known !== undefined) return known;
    const query = await this.#read(encoder, text, breathe);
    const { reader, own, personalVectors } = this.#prepared;
    if (own !== undefined) {
      const lead = titleAndLead(reader.model, text.title, text.sentences);
      const [reading] = await encoder.read([lead], own, breathe);
      personalVectors.set(query, reading!.vector);
    }
    this.#queries.set(key, query);
    const [oldest] = this.#queries.keys();
    if (this.#queries.size > keptQueries) this.#queries.delete(oldest!);
    return query;
  }

  async #read(
    encoder: TextEncoder,
    { id, timeMs, title, sentences }: UntaggedText,
    breathe: Breathe,
  ): Promise<TaggedDocument> {
    const { reader, newestMs } = this.#prepared;
    const { model, prompts } = reader;
    const lead = titleAndLead(model, title, sentences);
    const passages = textsForVectors(lead, cutDocument(model, id, sentences).passages);
    const vectors = (await encoder.read(passages, prompts, breathe)).map(({ vector }) => vector);
    const text = sentences.join(" ");
    const vector = unitMean(vectors);
    return { id, timeMs: timeMs ?? newestMs, title: title ?? "", text, tags: [], vectors, vector };
  }
}

/** Names the text of a document, for lessons about it. */
export const hashOfText = (sentences: readonly string[]): string => textHash(sentences.join(" "));

const nothing = hashOfText([]);

/** Whether a text has no sentences: all such texts have the same name. */
export const isHashOfNothing = (hash: string): boolean => hash === nothing;

/** The document that is asked about. */
export interface AskedAbout {
  readonly id: string;
  /** Of its text now, and of what it was when something was taught about it. */
  readonly textHashes: readonly string[];
}

/**
 * What the writer said about tags. A lesson is about the document that is asked about if it was taught at its path or
 * on its text: files are renamed, and what is no file yet has no path of its own.
 */
export function tagCorrections(store: Store, writerId: number, asked: AskedAbout): readonly TagCorrection[] {
  const hashes = new Set(asked.textHashes.filter((hash) => !isHashOfNothing(hash)));
  return presentLessons(store, writerId).flatMap(({ lesson, vector }) => {
    if (lesson.kind === "tone") {
      return [];
    }
    const kind = lesson.kind === "tagAdded" ? "add" : "veto";
    const { tag, documentPath, textHash: hash } = lesson;
    const documentId = hashes.has(hash) ? asked.id : (documentPath ?? hash);
    return [{ kind, tag: tagKey(tag), documentId, vector: [...(vector?.values ?? [])] }];
  });
}

const generalMaker = ({ id }: GeneralReader): VectorMaker => ({ modelId: id, profileVersion: undefined });

/** The vector that was kept when the profile was learned. */
function personalVectorOf({ store, reader, open }: SuggestionSources, { record }: TaggedRecord) {
  return store.vectors.of(record.id, { modelId: reader.id, profileVersion: open.id }, "document")[0]?.values;
}
