import type { Document } from "../../corpus/document.ts";
import type { CorpusError } from "../../corpus/errors.ts";
import { DEFAULT_MAX_FILE_SIZE_BYTES } from "../../corpus/files/discover.ts";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import { formatOf } from "../../corpus/formats/formats.ts";
import { streamCorpus } from "../../corpus/read-corpus.ts";
import { changeFile, type FileChange } from "../../corpus/tag-changes/change-file.ts";
import { addDocumentTags } from "../../corpus/tag-changes/document-tags.ts";
import { readTagHabit } from "../../corpus/tag-changes/read-tag-habit.ts";
import { presentPlaces } from "../../learner/corpus/corpus-look.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import { acceptingText } from "../../readings/tags/accepted-texts.ts";
import type { ClosedTags } from "../../readings/tags/closed-tags.ts";
import { type MissingTagsOptions, missingTags } from "../../readings/tags/missing-tags.ts";
import { offeredNewTags } from "../../readings/tags/offered-new-tags.ts";
import {
  hashOfText,
  type PreparedTags,
  prepareTags,
  tagCorrections,
  type UntaggedText,
} from "../../readings/tags/tag-suggestions.ts";
import type { ReadingSession } from "../../session/session.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";
import { chooseWriter, refuseUnknownWriter, requireProfile } from "../choose-writer.ts";

export interface FolderTagsOptions extends MissingTagsOptions {
  readonly writer?: string | undefined;
  /** Absent: any tag may be suggested. */
  readonly closed?: ClosedTags | undefined;
  /** So many new tags are told of for each document at most; they are never written unseen. */
  readonly newTags: number;
  /** Without it the files stay as they are. */
  readonly isWritten: boolean;
}

/** What a document of a folder has and could have. */
export interface DocumentTags {
  readonly path: string;
  readonly present: readonly string[];
  readonly suggested: readonly TagSuggestion[];
  /** Those that the writer never used. */
  readonly newTags: readonly TagSuggestion[];
  /** What became of the file, or would; undefined where nothing is suggested. */
  readonly change: FileChange | undefined;
}

export type FolderEvent =
  | { readonly kind: "document"; readonly tags: DocumentTags; readonly done: number; readonly total: number }
  | { readonly kind: "failure"; readonly failure: CorpusError };

/** Suggests tags for the documents below a folder, one after the other in order of path. Throws NoProfileError. */
export async function* folderTags(
  session: ReadingSession,
  folder: string,
  options: FolderTagsOptions,
): AsyncGenerator<FolderEvent, void, undefined> {
  // A name that is not known, or nothing learned at all, is told before any file is read.
  refuseUnknownWriter(session.store, options.writer);
  const suggesters = new FolderSuggesters(session, options);
  for await (const event of streamCorpus([folder], {}, diskFileSource)) {
    switch (event.kind) {
      case "document": {
        const { done, total, document } = event;
        const suggester = await suggesters.of(document);
        yield { kind: "document", done, total, tags: await suggester.tagsOf(document) };
        break;
      }
      case "failure":
      case "folderFailure":
      case "refused":
        yield { kind: "failure", failure: event.failure };
    }
  }
}

/** One for each writer whose documents lie in the folder, made once. */
class FolderSuggesters {
  readonly #session: ReadingSession;
  readonly #options: FolderTagsOptions;
  readonly #known = new Map<number, Promise<FolderSuggester>>();

  constructor(session: ReadingSession, options: FolderTagsOptions) {
    this.#session = session;
    this.#options = options;
  }

  of(document: Document): Promise<FolderSuggester> {
    const writer = chooseWriter(this.#session.store, this.#options.writer, document);
    const known = this.#known.get(writer.id) ?? FolderSuggester.open(this.#session, writer, this.#options);
    this.#known.set(writer.id, known);
    return known;
  }
}

/** Reasons take time; those of a tag that comes after so many likelier ones are not given. */
const mostExplained = 50;

interface SuggesterParts {
  readonly session: ReadingSession;
  readonly writer: Writer;
  readonly options: FolderTagsOptions;
  /** Undefined where nothing was learned of tags. */
  readonly prepared: PreparedTags | undefined;
  readonly placeOf: Awaited<ReturnType<typeof presentPlaces>>;
  readonly habit: Awaited<ReturnType<typeof readTagHabit>>;
}

class FolderSuggester {
  readonly #parts: SuggesterParts;

  private constructor(parts: SuggesterParts) {
    this.#parts = parts;
  }

  static async open(
    session: ReadingSession,
    writer: Writer,
    options: FolderTagsOptions,
  ): Promise<FolderSuggester> {
    const { store, reader, encoder, profileOf } = session;
    const open = requireProfile(profileOf(writer), writer);
    const prepared = await prepareTags({ store, writerId: writer.id, reader, encoder, open });
    const placeOf = await presentPlaces(store, writer);
    const habit = await readTagHabit(store.documents.list(writer.id));
    return new FolderSuggester({ session, writer, options, prepared, placeOf, habit });
  }

  async tagsOf(document: Document): Promise<DocumentTags> {
    const { path, tags: present } = document;
    const { prepared, options } = this.#parts;
    const all = this.#allOf(document);
    const suggested = missingTags(await this.#suggest(document), all, options);
    const proposed = prepared?.proposeNew(textOf(document), options.newTags) ?? [];
    const newTags = offeredNewTags(proposed, all);
    const change = suggested.length === 0 ? undefined : await this.#change(document, suggested);
    return { path, present, suggested, newTags, change };
  }

  /** Those in its fields, and hashtags in its text, unless the writer said that they are no tags. */
  #allOf({ path, tags, hashtags }: Document): readonly string[] {
    const { session, writer } = this.#parts;
    const use = chosenFor(session.store.writers.chosenFiles(writer.id), path).hashtags;
    return use === "never" ? tags : [...tags, ...hashtags];
  }

  async #suggest(document: Document): Promise<readonly TagSuggestion[]> {
    const { session, writer, options, prepared, placeOf } = this.#parts;
    const text = textOf(document);
    const corrections = tagCorrections(session.store, writer.id, {
      id: text.id,
      textHashes: [hashOfText(text.sentences)],
    });
    const wanted = { limit: Number.POSITIVE_INFINITY, explained: mostExplained, corrections, placeOf };
    const suggested = (await prepared?.suggest(session.encoder, text, wanted)) ?? [];
    return options.closed?.obeyedBy(suggested) ?? suggested;
  }

  async #change(document: Document, suggested: readonly TagSuggestion[]): Promise<FileChange> {
    const { path } = document;
    const { session, writer, options, habit } = this.#parts;
    const added = suggested.map(({ tag }) => tag);
    const format = formatOf(path);
    const change = await changeFile(
      path,
      (source) => addDocumentTags({ source, format, path }, added, habit),
      {
        isWritten: options.isWritten,
        maximumBytes: DEFAULT_MAX_FILE_SIZE_BYTES,
      },
    );
    if (change.kind === "changed" && options.isWritten) {
      const text = acceptingText({ path, sentences: document.sentences.map((sentence) => sentence.plain) });
      session.store.acceptedTags.add(writer.id, text, added);
    }
    return change;
  }
}

function textOf({ path, dateMs, title, sentences }: Document): UntaggedText {
  return { id: path, timeMs: dateMs, title, sentences: sentences.map((sentence) => sentence.plain) };
}
