import type { CancellationToken } from "vscode-languageserver/node";
import type { Sentence } from "../../corpus/document.ts";
import { LanguageTeller } from "../../corpus/language-teller.ts";
import type { Range } from "../../protocol/readings.ts";
import type { VoiceReading } from "../../protocol/voice.ts";
import { type ParagraphVoice, readVoice } from "../../readings/voice/read-voice.ts";
import { openVoiceBackground } from "../../session/voice-background.ts";
import type { NamedBackground } from "../../voice/named-background.ts";
import { sayReason } from "../../words/say.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { plainSentences, rangeOf, sentencesIn } from "../documents/sentences.ts";
import { DocumentNotOpenError } from "../errors.ts";
import { t } from "../language.ts";

/** How much open documents sound like their writers. */
export class VoiceReadings {
  readonly #context: ServerContext;
  /** Both are loaded with the first reading. */
  #languages: Promise<LanguageTeller> | undefined;
  #known: NamedBackground | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** Reads the sentences that a range touches, or all. Throws DocumentNotOpenError. */
  async read(uri: string, range: Range | undefined, token: CancellationToken): Promise<VoiceReading> {
    const { documents, host, settings } = this.#context;
    const document = documents.get(uri);
    if (document === undefined) throw new DocumentNotOpenError();
    if (!settings(document.path).voice.enabled) {
      return closed(t("it is switched off. Switch on the setting idiolect.voice.enabled, and learn again"));
    }
    return host.read("command", token, async (session, breathe): Promise<VoiceReading> => {
      const writer = host.writerOf(document.path);
      if (writer === undefined) return closed(t("nothing has been learned yet"));
      const { store, reader, encoder } = session;
      const state = session.profileOf(writer);
      const { fields, sentences: all } = document.parsed;
      this.#languages ??= LanguageTeller.open();
      const languages = await this.#languages;
      const told = await languages.tellInSlices(fields, plainSentences(document), breathe);
      const chosen = range === undefined ? all : within(document, range);
      const sentences = chosen.map((sentence) => ({
        ...sentence,
        language: told.sentences[all.indexOf(sentence)]!,
      }));
      const sources = { store, reader, encoder, writer, state, background: () => this.#background() };
      const voice = await readVoice(sources, { path: document.path, sentences }, breathe);
      if (voice.kind === "closed") return closed(sayReason(voice, t));
      return { kind: "read", paragraphs: voice.paragraphs.map((one) => this.#told(document, one)) };
    });
  }

  #background(): NamedBackground {
    this.#known ??= openVoiceBackground();
    return this.#known;
  }

  #told(document: OpenDocument, { text, lower, turns, near, ...place }: ParagraphVoice) {
    return {
      text,
      lower,
      range: rangeOf(document, place),
      turns: turns.map((turn) => ({ text: turn.text, range: rangeOf(document, turn) })),
      near: near.flatMap((passage) => {
        const path = this.#context.news.placeOf(passage.path);
        return path === undefined ? [] : [{ text: passage.text, path }];
      }),
    };
  }
}

const closed = (reason: string): VoiceReading => ({ kind: "closed", reason });

/** The sentences that a selection touches. */
function within(document: OpenDocument, { start, end }: Range): readonly Sentence[] {
  const selected = sentencesIn(document.parsed, document.offsetAt(start), document.offsetAt(end));
  return selected.map(({ sentence }) => sentence);
}
