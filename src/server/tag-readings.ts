import { createHash } from "node:crypto";
import { type CancellationToken, CancellationTokenSource } from "vscode-languageserver/node";
import { dateOf, titleOf } from "../corpus/parse-document.ts";
import { bodyStartOf } from "../corpus/tag-place-front-matter.ts";
import {
  type PreparedTags,
  prepareTags,
  tagCorrections,
  type UntaggedText,
} from "../profile/tag-suggestions.ts";
import type { VocabularyEntry } from "../store/vocabulary.ts";
import type { Writer } from "../store/writers.ts";
import type { TagSuggestion } from "../tasks/tags/tag-suggester.ts";
import type { TextEncoder } from "../tasks/text-encoder.ts";
import type { Breathe, OpenDocument, Priority, ReadingSession, ServerContext } from "./context.ts";

/** All tags of the writer for a text, best first, or why there are none. */
export type TagReading =
  | { readonly kind: "suggested"; readonly writer: string; readonly tags: readonly TagSuggestion[] }
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

interface Kept {
  readonly text: string;
  readonly epoch: number;
  readonly reading: TagReading;
}

interface Prepared {
  readonly profile: string;
  /** Undefined: the profile has no tags. */
  readonly tags: PreparedTags | undefined;
}

/** Reasons take time, and nobody reads those of the fiftieth tag. */
const explained = 50;

/** Suggestions for open documents: each text is read once, and completions take what is there. */
export class TagReadings {
  readonly #context: ServerContext;
  /** Goes with the model: what was made for one that was given back is garbage. */
  readonly #prepared = new WeakMap<TextEncoder, Map<number, Prepared>>();
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Map<string, { readonly text: string; readonly cancel: () => void }>();
  readonly #vocabularies = new Map<number, readonly VocabularyEntry[]>();
  /** Grows when readings may differ. */
  #epoch = 0;

  constructor(context: ServerContext) {
    this.#context = context;
    context.onReadingsChanged(() => {
      this.#epoch += 1;
      this.#vocabularies.clear();
    });
    context.documents.onClose((uri) => {
      this.#kept.delete(uri);
      this.#running.get(uri)?.cancel();
    });
  }

  /** Reads a document's text anew; what its own front matter says of tags does not count. Throws DocumentTooLongError. */
  async read(
    document: OpenDocument,
    priority: Priority,
    token: CancellationToken,
    cut?: Cut,
  ): Promise<TagReading> {
    const { host } = this.#context;
    const epoch = this.#epoch;
    const writer = host.writerOf(document.path);
    const reading: TagReading =
      writer === undefined
        ? {
            kind: "none",
            reason: "Nothing has been learned yet. Let Idiolect learn from your documents first.",
          }
        : await host.read(priority, token, (session, breathe) => {
            return this.#suggest(session, writer, document, breathe);
          });
    this.#kept.set(document.uri, { text: textKey(document, cut), epoch, reading });
    return reading;
  }

  /** What was read of the document last, without any work. */
  known(document: OpenDocument, cut?: Cut): KnownTags | undefined {
    const kept = this.#kept.get(document.uri);
    if (kept === undefined) return undefined;
    return {
      reading: kept.reading,
      isFresh: kept.epoch === this.#epoch && kept.text === textKey(document, cut),
    };
  }

  /** Begins to read a document, unless that is going on; `known` has the result later. */
  refresh(document: OpenDocument, priority: Priority, cut?: Cut): void {
    const text = `${this.#epoch} ${textKey(document, cut)}`;
    const running = this.#running.get(document.uri);
    if (running?.text === text) return;
    running?.cancel();
    const source = new CancellationTokenSource();
    const task = { text, cancel: () => source.cancel() };
    this.#running.set(document.uri, task);
    this.read(document, priority, source.token, cut)
      // Nobody waits for it: whoever asks for suggestions is told what is wrong.
      .catch(() => undefined)
      .finally(() => {
        source.dispose();
        if (this.#running.get(document.uri) === task) this.#running.delete(document.uri);
      });
  }

  /** The writer's tags, most used first. */
  vocabulary({ path }: OpenDocument): readonly VocabularyEntry[] {
    const writer = this.#context.host.writerOf(path);
    if (writer === undefined) return [];
    const known = this.#vocabularies.get(writer.id);
    if (known !== undefined) return known;
    const vocabulary = this.#context.host.store().vocabulary.list(writer.id);
    // While a corpus is read for the first time nobody tells that it grew.
    if (vocabulary.length > 0) this.#vocabularies.set(writer.id, vocabulary);
    return vocabulary;
  }

  async #suggest(
    session: ReadingSession,
    writer: Writer,
    document: OpenDocument,
    breathe: Breathe,
  ): Promise<TagReading> {
    const prepared = await this.#prepare(session, writer, breathe);
    if (typeof prepared === "string") return { kind: "none", reason: prepared };
    const corrections = tagCorrections(session.store, writer.id);
    const options = { limit: Number.POSITIVE_INFINITY, explained, corrections };
    const tags = await prepared.suggest(session.encoder, untaggedText(document), options, breathe);
    return { kind: "suggested", writer: writer.name, tags };
  }

  /** Ready tags of the active profile, or why there are none. */
  async #prepare(session: ReadingSession, writer: Writer, breathe: Breathe): Promise<PreparedTags | string> {
    const open = session.profileOf(writer);
    if (open.kind === "none") return `Nothing has been learned of ${writer.name} yet.`;
    if (open.kind === "otherModel") return `${writer.name} was learned with another model: learn again.`;
    const all = this.#prepared.get(session.encoder) ?? new Map<number, Prepared>();
    this.#prepared.set(session.encoder, all);
    const known = all.get(writer.id);
    if (known?.profile === open.id) return known.tags ?? withoutTags(writer);
    const { encoder, reader } = session;
    const sources = {
      get store() {
        return session.store;
      },
      writerId: writer.id,
      reader,
      encoder,
      open,
    };
    const tags = await prepareTags(sources, breathe);
    all.set(writer.id, { profile: open.id, tags });
    return tags ?? withoutTags(writer);
  }
}

function withoutTags({ name }: Writer): string {
  return `No document of ${name} has tags, so there are none to suggest.`;
}

function untaggedText({ path, parsed }: OpenDocument): UntaggedText {
  const sentences = parsed.sentences.map(({ plain }) => plain);
  return { id: path, timeMs: dateOf(parsed, path), title: titleOf(parsed), sentences };
}

/** Names the text without front matter and without what is being written. */
function textKey({ source }: OpenDocument, cut: Cut = { start: 0, end: 0 }): string {
  const start = bodyStartOf(source);
  const hash = createHash("sha1");
  hash.update(source.slice(start, Math.max(start, cut.start)));
  return hash.update(source.slice(Math.max(start, cut.end))).digest("base64");
}
