import { createHash } from "node:crypto";
import { type CancellationToken, CancellationTokenSource } from "vscode-languageserver/node";
import { dateOf, titleOf } from "../../corpus/parse-document.ts";
import { bodyStartOf } from "../../front-matter/tags/complete/front-matter-place.ts";
import { mostNewTags } from "../../readings/tags/offered-new-tags.ts";
import { type PreparedTags, tagCorrections, type UntaggedText } from "../../readings/tags/tag-suggestions.ts";
import type { VocabularyEntry } from "../../store/repositories/vocabulary.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { readWhole } from "../documents/read-around.ts";
import { identityOf } from "../documents/synced-documents.ts";
import { t } from "../language.ts";
import type { TaughtTexts } from "../teaching/taught-texts.ts";
import { SharedTask } from "../turns/shared-task.ts";
import type { Priority, Urgency } from "../turns/urgency.ts";
import type { ClosedLists } from "./closed-lists.ts";
import { TagPreparations } from "./tag-preparations.ts";

/** All tags of the writer for a text, best first, or why there are none. */
export type TagReading =
  | {
      readonly kind: "suggested";
      readonly writer: string;
      readonly tags: readonly TagSuggestion[];
      /** Those that the writer never used, best first; none unless they are asked for. */
      readonly newTags: readonly TagSuggestion[];
    }
  | { readonly kind: "none"; readonly reason: string };

/** What was read of a document, and whether it is of the text that is there now. */
export interface KnownTags {
  readonly reading: TagReading;
  readonly isFresh: boolean;
}

/** A stretch that is no part of the text: the tag that is being written. */
interface Cut {
  readonly start: number;
  readonly end: number;
}

/** A reading that goes on. */
interface Running {
  readonly text: string;
  readonly version: number;
  readonly task: SharedTask<TagReading>;
  /** Ends for whoever does not wait for an answer. */
  readonly unasked: CancellationTokenSource;
}

interface Kept {
  readonly text: string;
  readonly epoch: number;
  readonly reading: TagReading;
}

/** Sentences that tags are told from; more take long, and say the same. */
const mostSentences = 1_200;
const sentencesOfRun = 20;
/** Reasons take time, and nobody reads those of the fiftieth tag. */
const explained = 50;

/** Suggestions for open documents: each text is read once, and completions take what is there. */
export class TagReadings {
  readonly #context: ServerContext;
  readonly #texts: TaughtTexts;
  readonly #preparations: TagPreparations;
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Map<string, Running>();
  readonly #closedLists: ClosedLists;
  readonly #vocabularies = new Map<number, readonly VocabularyEntry[]>();
  /** Grows when readings may differ. */
  #epoch = 0;

  constructor(context: ServerContext, texts: TaughtTexts, closedLists: ClosedLists) {
    this.#context = context;
    this.#texts = texts;
    this.#preparations = new TagPreparations(context.host);
    this.#closedLists = closedLists;
    context.onReadingsChanged(() => {
      this.#epoch += 1;
      this.#vocabularies.clear();
    });
    context.documents.onClose((uri) => {
      this.#kept.delete(uri);
      this.#running.get(uri)?.unasked.cancel();
      this.#running.delete(uri);
    });
  }

  /**
   * Reads a document's text, unless that is going on already; what its own front matter says of tags does
   * not count.
   */
  read(document: OpenDocument, priority: Priority, token: CancellationToken, cut?: Cut): Promise<TagReading> {
    const text = this.#textNow(document, cut);
    const running = this.#runningOf(document, text);
    const joined = running?.version === document.version ? running : this.#start(document, text, cut);
    return joined.task.join(priority, token).then((reading) => this.#obeying(document, reading));
  }

  /** As `read`, for a document that need not be open: what was read is not kept. */
  readOnce(document: OpenDocument, priority: Priority, token: CancellationToken): Promise<TagReading> {
    const task = new SharedTask((urgency, end) => this.#read(document, urgency, end));
    return task.join(priority, token).then((reading) => this.#obeying(document, reading));
  }

  /** What was read of the document last, without any work. */
  known(document: OpenDocument, cut?: Cut): KnownTags | undefined {
    const kept = this.#kept.get(document.uri);
    if (kept === undefined) return undefined;
    return {
      reading: this.#obeying(document, kept.reading),
      isFresh: kept.epoch === this.#epoch && kept.text === textKey(document, cut),
    };
  }

  /** Begins to read a document, unless that is going on; `known` has the result later. */
  refresh(document: OpenDocument, priority: Priority, cut?: Cut): void {
    const text = this.#textNow(document, cut);
    const running = this.#runningOf(document, text);
    if (running === undefined) this.#running.get(document.uri)?.unasked.cancel();
    const { task, unasked } = running ?? this.#start(document, text, cut);
    // Nobody waits for it: whoever asks for suggestions is told what is wrong.
    task.join(priority, unasked.token).catch(() => undefined);
  }

  /** The tags that may be written into a document: the writer's, most used first, or those of a closed list. */
  vocabulary({ path }: OpenDocument): readonly VocabularyEntry[] {
    const own = this.#ownVocabulary(path);
    const list = this.#closedLists.of(path);
    if (list === undefined) return own;
    const used = new Map<string, VocabularyEntry>();
    for (const entry of own) {
      const tag = list.listed(entry.tag);
      // Of several spellings the one that is used most.
      if (tag !== undefined && !used.has(tag)) used.set(tag, { ...entry, tag, folded: tagKey(tag) });
    }
    const nothing = { documents: 0, firstMs: undefined, lastMs: undefined };
    const unused = list.tags.filter((tag) => !used.has(tag));
    return [...used.values(), ...unused.map((tag) => ({ tag, folded: tagKey(tag), ...nothing }))];
  }

  /** A closed list holds at once when it is changed: what was read is not. */
  #obeying({ path }: OpenDocument, reading: TagReading): TagReading {
    const list = this.#closedLists.of(path);
    return list === undefined || reading.kind === "none"
      ? reading
      : { ...reading, tags: list.obeyedBy(reading.tags), newTags: [] };
  }

  #ownVocabulary(path: string): readonly VocabularyEntry[] {
    const writer = this.#context.host.writerOf(path);
    if (writer === undefined) return [];
    const known = this.#vocabularies.get(writer.id);
    if (known !== undefined) return known;
    const vocabulary = this.#context.host.store().vocabulary.list(writer.id);
    // While a corpus is read for the first time nobody tells that it grew.
    if (vocabulary.length > 0) this.#vocabularies.set(writer.id, vocabulary);
    return vocabulary;
  }

  #textNow(document: OpenDocument, cut: Cut | undefined): string {
    return `${this.#epoch} ${textKey(document, cut)}`;
  }

  #runningOf({ uri }: OpenDocument, text: string): Running | undefined {
    const running = this.#running.get(uri);
    return running?.text === text && !running.task.isOver ? running : undefined;
  }

  #start(document: OpenDocument, text: string, cut: Cut | undefined): Running {
    const { uri, version } = document;
    const epoch = this.#epoch;
    const task = new SharedTask(async (urgency, token) => {
      const reading = await this.#read(document, urgency, token);
      // It may have been closed meanwhile, and nobody would clear it away.
      if (this.#context.documents.get(uri) !== undefined) {
        this.#kept.set(uri, { text: textKey(document, cut), epoch, reading });
      }
      return reading;
    });
    const running = { text, version, task, unasked: new CancellationTokenSource() };
    this.#running.set(uri, running);
    return running;
  }

  async #read(document: OpenDocument, urgency: Urgency, token: CancellationToken): Promise<TagReading> {
    const writer = this.#context.host.writerOf(document.path);
    if (writer === undefined) {
      const reason = t("Nothing has been learned yet. Let Idiolect learn from your documents first.");
      return { kind: "none", reason };
    }
    const prepared = await this.#preparations.get(writer, urgency, token);
    if (prepared.kind === "none") return prepared;
    const suggested = await this.#suggest(prepared.tags, writer, document, urgency, token);
    return { kind: "suggested", writer: writer.name, ...suggested };
  }

  #suggest(
    prepared: PreparedTags,
    writer: Writer,
    document: OpenDocument,
    urgency: Urgency,
    token: CancellationToken,
  ): Promise<Readonly<Record<"tags" | "newTags", readonly TagSuggestion[]>>> {
    const newTags = this.#context.settings(document.path).tags.new ? mostNewTags : 0;
    return this.#context.host.read(urgency, token, async ({ store, encoder }, breathe) => {
      await readWhole(document, breathe);
      const textHashes = this.#texts.hashesOf(document);
      const corrections = tagCorrections(store, writer.id, { id: identityOf(document), textHashes });
      const placeOf = (path: string) => this.#context.news.placeOf(path);
      const options = { limit: Number.POSITIVE_INFINITY, explained, corrections, placeOf };
      const text = untaggedText(document);
      const tags = await prepared.suggest(encoder, text, options, breathe);
      return { tags, newTags: newTags === 0 ? [] : prepared.proposeNew(text, newTags) };
    });
  }
}

function untaggedText(document: OpenDocument): UntaggedText {
  const { path, parsed } = document;
  const sentences = fewOf(parsed.sentences.map(({ plain }) => plain));
  return { id: identityOf(document), timeMs: dateOf(parsed, path), title: titleOf(parsed), sentences };
}

/** All, or of a long document some runs from all its parts: what it is about stands in each. */
function fewOf(sentences: readonly string[]): readonly string[] {
  const share = mostSentences / sentences.length;
  if (share >= 1) return sentences;
  const keeps = (run: number) => Math.floor((run + 1) * share) > Math.floor(run * share);
  return sentences.filter((_, at) => keeps(Math.floor(at / sentencesOfRun)));
}

/** Names the text without front matter and without what is being written. */
function textKey({ source }: OpenDocument, cut: Cut = { start: 0, end: 0 }): string {
  const start = bodyStartOf(source);
  const hash = createHash("sha1");
  hash.update(source.slice(start, Math.max(start, cut.start)));
  return hash.update(source.slice(Math.max(start, cut.end))).digest("base64");
}
