import type { CancellationToken } from "vscode-languageserver/node";
import { isLanguageRead } from "../../corpus/language-read.ts";
import { LanguageTeller } from "../../corpus/language-teller.ts";
import { keepToneGate } from "../../profile/versions.ts";
import { SentenceCache } from "../../readings/tone/sentence-cache.ts";
import { ToneReader } from "../../readings/tone/tone-reader.ts";
import type { ReadingSession } from "../../session/session.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import type { ClientAbilities } from "../client-abilities.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { readWhole } from "../documents/read-around.ts";
import { cancelled, DocumentNotOpenError } from "../errors.ts";
import type { Breathe } from "../turns/turns.ts";
import type { Priority } from "../turns/urgency.ts";

/** Sentences whose readings are kept. */
const mostSentences = 4_000;

interface KnownReader {
  /** Says of which profile version and corrections it was made. */
  readonly made: string;
  readonly reader: ToneReader;
}

/** What a task that reads tone works with. */
export interface ToneTask {
  readonly document: OpenDocument;
  readonly tone: ToneReader;
  readonly session: ReadingSession;
  readonly writer: Writer | undefined;
  readonly breathe: Breathe;
  readonly client: ClientAbilities;
  readonly languages: LanguageTeller;
  /** Whether sentences in a language are read in this document. */
  readonly isRead: (language: string) => boolean;
}

/** The tone readers of all writers, and the sentences they have read. */
export class ToneReadings {
  readonly #context: ServerContext;
  readonly #cache = new SentenceCache(mostSentences);
  /** Loaded with the first reading. */
  #languages: Promise<LanguageTeller> | undefined;
  /** Goes with the model: what was made for one that was given back is garbage. */
  readonly #readers = new WeakMap<TextEncoder, Map<number | undefined, KnownReader>>();

  constructor(context: ServerContext) {
    this.#context = context;
    context.addFigures(() => ({ cachedSentences: this.#cache.size }));
  }

  /**
   * Runs a task that reads an open document as its writer. It is cancelled once the document changes,
   * unless it is to go on with what was there when it was asked for.
   * Unless it is for a hover, the document has been read whole when the task begins. Throws DocumentNotOpenError.
   */
  async read<T>(
    uri: string,
    priority: Priority,
    token: CancellationToken,
    task: (task: ToneTask) => Promise<T>,
    whenChanged: "cancel" | "goOn" = "cancel",
  ): Promise<T> {
    const { documents, host, client, settings } = this.#context;
    const document = documents.get(uri);
    if (document === undefined) throw new DocumentNotOpenError();
    return host.read(priority, token, async (session, ownBreathe) => {
      const breathe = async () => {
        await ownBreathe();
        // Not by version: a document that is opened again counts from the start.
        const isStale = documents.get(uri) !== document;
        if (isStale && whenChanged === "cancel") throw cancelled();
      };
      // Where what was learned cannot be opened the status tells, and there is still the general reading.
      const store = client().hearsNotifications ? host.openableStore() : host.storeIfAny();
      const writer = store && host.writerOf(document.path);
      const tone = await this.openFor(session, writer, breathe);
      // A hover has read what it is about.
      if (priority !== "hover") await readWhole(document, breathe);
      this.#languages ??= LanguageTeller.open();
      const chosen = settings(document.path).corpus.languages;
      return task({
        document,
        tone,
        session,
        writer,
        breathe,
        client: client(),
        languages: await this.#languages,
        isRead: (language) => isLanguageRead(language, chosen),
      });
    });
  }

  /** The writer's reader by what was learned and taught up to now; the report in the store says what its gate says. */
  async openFor(session: ReadingSession, writer: Writer | undefined, breathe: Breathe): Promise<ToneReader> {
    const { encoder, reader } = session;
    const known = this.#readers.get(encoder) ?? new Map<number | undefined, KnownReader>();
    this.#readers.set(encoder, known);
    const state = writer && session.profileOf(writer);
    const corrections =
      writer === undefined ? [] : session.store.corrections.list(writer.id).map(({ id }) => id);
    const made = [state?.kind === "open" ? state.id : state?.kind, ...corrections].join(" ");
    const found = known.get(writer?.id);
    if (found?.made === made) return found.reader;
    const readers = { encoder, reader, cache: this.#cache };
    const tone = await ToneReader.open(
      readers,
      writer && { store: session.store, id: writer.id, state: state! },
      breathe,
    );
    known.set(writer?.id, { made, reader: tone });
    if (writer !== undefined && state?.kind === "open") keepToneGate(session.store, writer.id, tone.gate);
    return tone;
  }
}
