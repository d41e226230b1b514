import type { Command } from "commander";
import type { Document, Sentence } from "../../corpus/document.ts";
import { OwnVocabulary } from "../../readings/words/own-vocabulary.ts";
import { type SuggestedWords, suggestWords } from "../../readings/words/suggest-words.ts";
import { targetWords, type WordTarget, wordTarget } from "../../readings/words/word-target.ts";
import type { ReadingSession } from "../../session/session.ts";
import { formatCount, formatPercent, formatPlural } from "../../words/format.ts";
import { chooseWriter } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { UsageError } from "../errors.ts";
import { formatTable } from "../format-table.ts";
import { withReadingSession } from "../open-session.ts";
import { parseAmount } from "../parse-number.ts";
import type { CommandSurroundings } from "../surroundings.ts";
import { readSource } from "./read-source.ts";

interface WordsOptions extends CommonOptions<"store" | "writer" | "model"> {
  readonly place: number;
  readonly limit: number;
}

export function addWordsCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("words")
    .description(
      "list words that the writer would use in place of a word or a gap, beside those that fit in general",
    )
    .argument("<file>", "a document, or - for standard input")
    .argument("[word]", "a word of it; without one a gap, written as two or more underscores")
    .option("--place <n>", "which of the places where the word or a gap stands", parseAmount, 1)
    .option("--limit <n>", "how many words to show at most", parseAmount, 8);
  addCommonOptions(command, "store", "writer", "model").action(
    async (file: string, word: string | undefined, options: WordsOptions) => {
      const terminal = surroundings(options);
      const document = await readSource(file, terminal);
      const place = findPlace(document, word, options.place);
      const suggested = await withReadingSession(options, terminal, (session) =>
        suggestAt(session, document, place, options),
      );
      terminal.out(
        options.json ? JSON.stringify(asJson(place, suggested)) : describe(document, place, suggested),
      );
    },
  );
}

/** A target with the sentence that it is of, by its number in the document. */
interface FoundPlace {
  readonly target: WordTarget;
  readonly sentence: number;
}

/** Throws UsageError where there are not so many. */
function findPlace({ sentences }: Document, word: string | undefined, number: number): FoundPlace {
  const found = sentences.flatMap((sentence, at) => {
    const targets =
      word === undefined
        ? gapsOf(sentence)
        : targetWords(sentence).filter(({ text }) => text.toLowerCase() === word.toLowerCase());
    return targets.map((target) => ({ target, sentence: at }));
  });
  const place = found[number - 1];
  if (place !== undefined) return place;
  const what = word === undefined ? "a gap (two or more underscores)" : `the word ‘${word}’`;
  throw new UsageError(
    found.length === 0
      ? `The writer's own sentences in this document do not have ${what}. Name a word that they have, or write ___ for one.`
      : `This document has ${what} in ${formatPlural(found.length, "place")}: --place takes ${found.length === 1 ? "1 alone" : `1 to ${found.length}`}.`,
  );
}

function gapsOf(sentence: Sentence): readonly WordTarget[] {
  return Array.from(sentence.text.matchAll(/_{2,}/g)).flatMap(({ 0: marks, index }) => {
    const start = sentence.start + index;
    return wordTarget(sentence, { start, end: start + marks.length }) ?? [];
  });
}

async function suggestAt(
  session: ReadingSession,
  document: Document,
  { target, sentence }: FoundPlace,
  options: WordsOptions,
): Promise<SuggestedWords> {
  const { store, reader } = session;
  const writer = chooseWriter(store, options.writer, document);
  const breathe = async () => {};
  const sources = {
    ...session,
    state: session.profileOf(writer),
    breathe,
    vocabulary: () => OwnVocabulary.of(store, writer.id, reader.model, breathe),
  };
  const sentences = document.sentences.map(({ plain }) => plain);
  return suggestWords(sources, { sentences, sentence, target, path: document.path }, options.limit);
}

function asJson({ target: { text, replaced } }: FoundPlace, { own, closed, general }: SuggestedWords) {
  const gate = closed === undefined ? { open: true } : { open: false, reason: closed.reason };
  return { version: 1, gate, replaced: { text, ...replaced }, words: own ?? null, general };
}

function describe(document: Document, { target, sentence }: FoundPlace, suggested: SuggestedWords): string {
  const { own, closed, general } = suggested;
  const { plain } = document.sentences[sentence]!;
  const { start, end } = target.hidden;
  const inGeneral = general.map(({ word, share }) => `${word} (${formatPercent(share)})`).join(", ");
  return [
    `${plain.slice(0, start)}[${target.text}]${plain.slice(end)}`,
    ...(own === undefined ? [`Your own words are not told: ${closed?.reason}.`] : describeOwn(own)),
    `In general: ${inGeneral}`,
  ].join("\n\n");
}

function describeOwn(own: NonNullable<SuggestedWords["own"]>): readonly string[] {
  const rows = own.map(({ word, share, generalShare, uses }) => [
    word,
    formatPercent(share),
    formatPercent(generalShare),
    formatCount(uses),
  ]);
  const passages = own.flatMap(({ word, passages: [first] }) =>
    first === undefined ? [] : [`  ${word}: ${first.text} (${first.path})`],
  );
  return [formatTable([["word", "you", "in general", "your uses"], ...rows]), passages.join("\n")];
}
