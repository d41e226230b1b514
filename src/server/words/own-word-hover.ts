import { basename } from "node:path";
import type { CancellationToken, HoverParams } from "vscode-languageserver/node";
import type { Sentence } from "../../corpus/document.ts";
import { type OwnWordsReport, reportShape } from "../../profile/report.ts";
import type { Place } from "../../readings/word-places.ts";
import { wordPassages } from "../../readings/words/word-passages.ts";
import { targetWords } from "../../readings/words/word-target.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { plural } from "../../words/translate.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { readForHover } from "../documents/read-around.ts";
import { placeSentences, type SentencePlace } from "../documents/sentence-places.ts";
import { rangeOf, sentenceAt } from "../documents/sentences.ts";
import type { HoverNote } from "../hover-note.ts";
import { t } from "../language.ts";
import { fileLink, markdownText } from "../markdown-text.ts";

const wordsPart = reportShape.pick({ ownWords: true });

type ToldWord = OwnWordsReport["words"][number];

const shownPassages = 2;
const longestQuote = 120;
const longestWord = 40;

/** What is told of a word that the writer uses in a way of their own, with passages; undefined over any other. */
export async function ownWordHover(
  context: ServerContext,
  { textDocument: { uri }, position }: HoverParams,
  token: CancellationToken,
): Promise<HoverNote | undefined> {
  const { documents, settings, work } = context;
  const document = documents.get(uri);
  if (document === undefined || settings(document.path, document.languageId).tone.hover === "off")
    return undefined;
  const known = ownWordsOf(context, document);
  if (known === undefined) return undefined;
  const offset = document.offsetAt(position);
  const sentence = sentenceAt(document.source, await readForHover(document, offset, work, token), offset);
  const place = sentence && wordAt(document, sentence, offset);
  const own = place && known.words.get(document.source.slice(place.start, place.end).toLowerCase());
  if (own === undefined) return undefined;
  const { store, writer } = known;
  const passages = await work("hover", token, (breathe) =>
    wordPassages(store, writer.id, own.word, { limit: shownPassages, exceptPath: document.path, breathe }),
  );
  const places = await placeSentences(passages, writer, context.news);
  return { range: rangeOf(document, place!), markdown: describeOwnWord(own, places) };
}

interface KnownOwnWords {
  readonly store: Store;
  readonly writer: Writer;
  readonly words: ReadonlyMap<string, ToldWord>;
}

/** Those of the version in use of whoever wrote a document; undefined where there are none. */
function ownWordsOf({ host, client }: ServerContext, { path }: OpenDocument): KnownOwnWords | undefined {
  // Where what was learned cannot be opened the status tells, and there is still the general reading of the tone.
  const store = client().hearsNotifications ? host.openableStore() : host.storeIfAny();
  const writer = store && host.writerOf(path);
  if (store === undefined || writer === undefined) return undefined;
  const active = store.profileVersions.active(writer.id);
  const found = active && wordsPart.parse(active.report).ownWords;
  if (found === undefined || found.words.length === 0) return undefined;
  return { store, writer, words: new Map(found.words.map((one) => [one.word, one])) };
}

/** Letters in a row; undefined between words, and where no word of the sentence stands. */
function wordAt({ source }: OpenDocument, sentence: Sentence, offset: number): Place | undefined {
  const word = targetWords(sentence)
    .map(({ replaced }) => replaced)
    .find(({ start, end }) => start <= offset && offset < end);
  if (word === undefined) return undefined;
  const letters = [...source.slice(word.start, word.end).matchAll(/[\p{L}\p{M}]+/gu)];
  return letters
    .map(({ 0: { length }, index }) => ({ start: word.start + index, end: word.start + index + length }))
    .find(({ start, end }) => start <= offset && offset < end);
}

function describeOwnWord({ word, uses }: ToldWord, passages: readonly SentencePlace[]): string {
  return [
    plural(
      t,
      uses,
      "{1}: you use this word in a way of your own; it stands {0} time in your documents.",
      "{1}: you use this word in a way of your own; it stands {0} times in your documents.",
      `**${markdownText(word, longestWord)}**`,
    ),
    ...passages.map(({ text, path, line }) =>
      t(
        "You wrote before: “{0}” ({1})",
        markdownText(text, longestQuote),
        fileLink(`${basename(path)}:${line}`, path, line),
      ),
    ),
  ].join("\n\n");
}
