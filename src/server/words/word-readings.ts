import type { CancellationToken } from "vscode-languageserver/node";
import type { Sentence } from "../../corpus/document.ts";
import { isLanguageRead } from "../../corpus/language-read.ts";
import { LanguageTeller } from "../../corpus/language-teller.ts";
import type { ParsedSource } from "../../corpus/parse-document.ts";
import type { ProfileState } from "../../profile/versions.ts";
import type { Range } from "../../protocol/readings.ts";
import type { WordSuggestions } from "../../protocol/word-suggestions.ts";
import { OwnVocabulary } from "../../readings/words/own-vocabulary.ts";
import { type SuggestedWords, suggestWords } from "../../readings/words/suggest-words.ts";
import { wordTarget } from "../../readings/words/word-target.ts";
import type { ReadingSession } from "../../session/session.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import { sayReason } from "../../words/say.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { readAround } from "../documents/read-around.ts";
import { rangeOf, sentenceAt } from "../documents/sentences.ts";
import { DocumentNotOpenError } from "../errors.ts";
import { t } from "../language.ts";
import type { Breathe } from "../turns/turns.ts";

/** Sentences before and after that the model may be shown: more than fit. */
const neighbours = 8;

/** Words that a writer would use, for open documents. What is known of a writer's vocabulary is kept with the profile. */
export class WordReadings {
  readonly #context: ServerContext;
  readonly #vocabularies = new WeakMap<ProfileState, OwnVocabulary>();
  /** Loaded with the first reading. */
  #languages: Promise<LanguageTeller> | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** Words for a range of an open document, or for the word or gap at a cursor. Throws DocumentNotOpenError. */
  async suggest(
    { uri, range, limit }: { readonly uri: string; readonly range: Range; readonly limit: number },
    token: CancellationToken,
  ): Promise<WordSuggestions> {
    const { documents, host } = this.#context;
    const document = documents.get(uri);
    if (document === undefined) throw new DocumentNotOpenError();
    return host.read("command", token, async (session, breathe): Promise<WordSuggestions> => {
      const selected = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
      const parsed = await readAround(document, selected.start, breathe);
      const sentence =
        sentenceAt(document.source, parsed, selected.start) ?? endedAt(document, parsed, selected.start);
      if (sentence === undefined) return none(t("there is no sentence of yours here"));
      if (selected.end > Math.max(sentence.end, selected.start)) return none(tooMuch());
      const target = wordTarget(sentence, selected);
      if (target === undefined) return none(tooMuch());
      const at = parsed.sentences.indexOf(sentence);
      const first = Math.max(0, at - neighbours);
      const sentences = parsed.sentences.slice(first, at + neighbours + 1).map(({ plain }) => plain);
      if (!(await this.#isRead(document, parsed, sentences, at - first))) {
        return none(t("this sentence is in a language that the model does not read"));
      }
      const writer = host.writerOf(document.path);
      const state = writer && session.profileOf(writer);
      const sources = {
        ...session,
        state,
        breathe,
        vocabulary: () => this.#vocabularyOf(session, writer!, state!, breathe),
      };
      const place = { sentences, sentence: at - first, target, path: document.path };
      return this.#told(document, await suggestWords(sources, place, limit), {
        range: rangeOf(document, target.replaced),
        text: target.text,
      });
    });
  }

  #told(
    { version }: OpenDocument,
    { own, closed, general }: SuggestedWords,
    place: { readonly range: Range; readonly text: string },
  ): WordSuggestions {
    const { news } = this.#context;
    const words = own?.map(({ passages, ...word }) => ({
      ...word,
      passages: passages.flatMap((passage) => {
        const path = news.placeOf(passage.path);
        return path === undefined ? [] : [{ text: passage.text, path }];
      }),
    }));
    return {
      kind: "suggested",
      ...place,
      version,
      ...(words === undefined ? {} : { own: words }),
      ...(closed === undefined ? {} : { closed: sayReason(closed, t) }),
      general,
    };
  }

  async #isRead(
    { path }: OpenDocument,
    { fields }: ParsedSource,
    sentences: readonly string[],
    at: number,
  ): Promise<boolean> {
    this.#languages ??= LanguageTeller.open();
    const language = (await this.#languages).tellOne(fields, sentences, at);
    return isLanguageRead(language, this.#context.settings(path).corpus.languages);
  }

  async #vocabularyOf(
    { store, reader }: ReadingSession,
    { id }: Writer,
    state: ProfileState,
    breathe: Breathe,
  ): Promise<OwnVocabulary> {
    const known = this.#vocabularies.get(state) ?? (await OwnVocabulary.of(store, id, reader.model, breathe));
    this.#vocabularies.set(state, known);
    return known;
  }
}

const none = (reason: string): WordSuggestions => ({ kind: "none", reason });

const tooMuch = (): string => t("too much is selected: select one word, or a few of one sentence");

/** The sentence behind which a cursor stands that has only blanks before it: somebody is about to go on. */
function endedAt(
  { source }: OpenDocument,
  { sentences }: ParsedSource,
  offset: number,
): Sentence | undefined {
  const before = sentences.findLast(({ end }) => end <= offset);
  return before !== undefined && /^[ \t]*$/.test(source.slice(before.end, offset)) ? before : undefined;
}
