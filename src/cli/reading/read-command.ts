import { type Command, Option } from "commander";
import type { Document, Sentence } from "../../corpus/document.ts";
import { isLanguageRead } from "../../corpus/language-read.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import {
  type ExplanationKind,
  explanationKinds,
  ReadingExplainer,
  type SentenceExplanation,
} from "../../readings/tone/reading-explainer.ts";
import { type DocumentTone, type ReadingPair, ToneReader } from "../../readings/tone/tone-reader.ts";
import { threadCount } from "../../session/learning-options.ts";
import type { ReadingSession } from "../../session/session.ts";
import { toneStrength } from "../../session/tone-strength.ts";
import { strongestWords } from "../../tone/reasons/tone-explainer.ts";
import { describeNotRead, listLanguages } from "../../words/describe-languages.ts";
import { countTones, describeCounts, describeSaid, describeTone } from "../../words/describe-tone.ts";
import { formatPercent, formatSigned } from "../../words/format.ts";
import { untranslated } from "../../words/translate.ts";
import { answerJson } from "../answer-json.ts";
import { writerIfAny } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions, strengthOption } from "../common-options.ts";
import { formatTable } from "../format-table.ts";
import { withReadingSession } from "../open-session.ts";
import { languagesHelp, parseLanguages } from "../parse-languages.ts";
import type { CommandSurroundings } from "../surroundings.ts";
import { readSource } from "./read-source.ts";

interface ReadOptions extends CommonOptions<"store" | "writer" | "model"> {
  readonly languages?: readonly string[];
  readonly explain?: ExplanationKind;
  readonly strength?: number;
}

/** A document as it was read; explanations are there where they were asked for, one for each sentence that is read. */
interface ReadDocument {
  /** Those in languages that are read. */
  readonly sentences: readonly Sentence[];
  /** Of these sentences. */
  readonly tone: DocumentTone;
  /** How much the writer's own reading counts in it, from 0 to 1. */
  readonly strength: number;
  readonly explanations?: readonly SentenceExplanation[];
}

export function addReadCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("read")
    .description("read the tone of a document, in general and as its writer means it")
    .argument("<file>", "a document, or - for standard input")
    .addOption(
      new Option("--explain [method]", "show how much each word adds to the general reading of its sentence")
        .choices(explanationKinds)
        .preset("integrated"),
    )
    .option("--languages <list>", languagesHelp, parseLanguages)
    .addOption(strengthOption());
  addCommonOptions(command, "store", "writer", "model").action(async (file: string, options: ReadOptions) => {
    const terminal = surroundings(options);
    const document = await readSource(file, terminal);
    const read = await withReadingSession(options, terminal, async (session): Promise<ReadDocument> => {
      const read = await readTone(session, document, options);
      return options.explain === undefined
        ? read
        : { ...read, explanations: await explainAll(session, read.sentences, options.explain) };
    });
    terminal.out(options.json ? answerJson(readingAsJson(document, read)) : describeRead(document, read));
  });
}

async function readTone(
  session: ReadingSession,
  document: Document,
  options: ReadOptions,
): Promise<Omit<ReadDocument, "explanations">> {
  const { store, reader, encoder, profileOf } = session;
  const writer = writerIfAny(store, options.writer, document);
  const chosen =
    options.languages ?? (writer && chosenFor(store.writers.chosenFiles(writer.id), document.path).languages);
  const sentences = document.sentences.filter(({ language }) => isLanguageRead(language, chosen));
  const known = writer && { store, id: writer.id, state: profileOf(writer) };
  const tone = await ToneReader.open({ encoder, reader }, known);
  const texts = sentences.map(({ plain }) => plain);
  const strength = toneStrength(session, writer, options.strength);
  return { sentences, tone: await tone.read(document.hash, texts, { strength }), strength };
}

async function explainAll(
  { reader, encoder }: ReadingSession,
  sentences: readonly Sentence[],
  kind: ExplanationKind,
): Promise<readonly SentenceExplanation[]> {
  const explainer = new ReadingExplainer(reader, encoder, { kind, threads: threadCount() });
  const explanations: SentenceExplanation[] = [];
  try {
    for (const sentence of sentences) explanations.push(await explainer.explain(sentence));
    return explanations;
  } finally {
    await explainer.release();
  }
}

/** The object of `read --json`. */
function readingAsJson(document: Document, { sentences, tone, strength, explanations }: ReadDocument) {
  const places = new Map(sentences.map((sentence, at) => [sentence, at]));
  const { language } = document;
  return {
    version: 1,
    document:
      sentences.length > 0
        ? tone.document
        : { general: null, personal: null, ...(language === undefined ? {} : { language }) },
    sentences: document.sentences.map((sentence) => {
      const { text, start, end, language } = sentence;
      const at = places.get(sentence);
      if (at === undefined) return { text, start, end, general: null, personal: null, language };
      const explained = explanations === undefined ? {} : { explanation: explanations[at]! };
      return { text, start, end, ...tone.sentences[at]!, ...explained };
    }),
    strength,
    gate: tone.gate,
  };
}

function describeRead(document: Document, read: ReadDocument): string {
  const { sentences, explanations } = read;
  const reading = describeReading(document, read);
  return explanations === undefined
    ? reading
    : `${reading}\n\n${describeExplanations(sentences, explanations)}`;
}

function describeExplanations(
  sentences: readonly Sentence[],
  explanations: readonly SentenceExplanation[],
): string {
  const rows = explanations.map(({ words, completenessError }, at) => {
    const shown = strongestWords(words)
      .map(({ text, weight }) => `${text} ${formatSigned(weight)}`)
      .join(", ");
    return [shorten(sentences[at]!.plain, widestBeside), shown, formatSigned(completenessError, 3)];
  });
  return [
    "words that matter in each sentence, by what they add to its tone before that is put on its scale; last what they leave unexplained",
    formatTable([["sentence", "words", ""], ...rows]),
  ].join("\n");
}

function describeReading(
  { sentences: all }: Document,
  { sentences: read, tone: { sentences: readings, gate }, strength }: ReadDocument,
): string {
  // Behind a closed gate what was taught alone is personal, and only where it counts.
  const isPersonal = gate.open || readings.some(({ personal }) => personal !== null);
  const places = new Map(read.map((sentence, at) => [sentence, at]));
  const rows = all.map((sentence) => {
    const at = places.get(sentence);
    const cells = at === undefined ? unreadCells(sentence, isPersonal) : cellsOf(readings[at]!, isPersonal);
    return [...cells, shorten(sentence.plain, widest)];
  });
  const head = isPersonal ? ["general", "personal", "sentence"] : ["general", "sentence"];
  const others = all.flatMap((sentence) => (places.has(sentence) ? [] : (sentence.language ?? [])));
  return [
    formatTable([head, ...rows]),
    ...(read.length === 0 ? [] : [`\n${describeCounts(countTones(readings))}.`]),
    ...(others.length === 0 ? [] : [`\n${describeOthers(others)}`]),
    `\npersonal reading: ${describeShown(gate.open, strength)}: ${gate.reason}`,
  ].join("\n");
}

/** What was taught is shown with every strength. */
function describeShown(isOpen: boolean, strength: number): string {
  if (!isOpen || strength === 1) return isOpen ? "shown" : "not shown";
  return strength === 0 ? "not wanted (strength 0 %)" : `shown at ${formatPercent(strength)}`;
}

function unreadCells({ language = "" }: Sentence, isPersonal: boolean): readonly string[] {
  return [describeNotRead([language], untranslated), ...(isPersonal ? [""] : [])];
}

function describeOthers(languages: readonly string[]): string {
  const many = languages.length === 1 ? "1 sentence is" : `${languages.length} sentences are`;
  const why = languages.includes("en")
    ? "it is none of the languages that were named"
    : "the model does not know the language";
  return `${many} ${describeNotRead(languages, untranslated)} (${listLanguages(languages)}): ${why}, so no tone is read. Tags work in every language. Told wrong? Name the languages to read with --languages.`;
}

function cellsOf({ general, personal, taught }: ReadingPair, isPersonal: boolean): readonly string[] {
  const own = personal === null ? "" : taught ? describeSaid(personal) : describeTone(personal);
  return [describeTone(general), ...(isPersonal ? [own] : [])];
}

const widest = 72;
/** Beside the words. */
const widestBeside = 32;

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
