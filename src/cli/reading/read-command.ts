import { type Command, Option } from "commander";
import type { Document } from "../../corpus/document.ts";
import {
  type ExplanationKind,
  explanationKinds,
  ReadingExplainer,
  type SentenceExplanation,
} from "../../readings/tone/reading-explainer.ts";
import { type DocumentTone, type ReadingPair, ToneReader } from "../../readings/tone/tone-reader.ts";
import { threadCount } from "../../session/learning-options.ts";
import type { ReadingSession } from "../../session/session.ts";
import { strongestWords } from "../../tone/reasons/tone-explainer.ts";
import { formatSigned } from "../../words/format.ts";
import { writerIfAny } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { formatTable } from "../format-table.ts";
import { withReadingSession } from "../open-session.ts";
import type { CommandSurroundings } from "../surroundings.ts";
import { cellsOfReading } from "./describe-reading.ts";
import { readSource } from "./read-source.ts";

interface ReadOptions extends CommonOptions<"store" | "writer" | "model"> {
  readonly explain?: ExplanationKind;
}

/** A document as it was read; explanations are there where they were asked for, one for each sentence. */
interface ReadDocument {
  readonly tone: DocumentTone;
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
    );
  addCommonOptions(command, "store", "writer", "model").action(async (file: string, options: ReadOptions) => {
    const terminal = surroundings(options);
    const document = await readSource(file, terminal);
    const read = await withReadingSession(options, terminal, async (session): Promise<ReadDocument> => {
      const tone = await readTone(session, document, options);
      return options.explain === undefined
        ? { tone }
        : { tone, explanations: await explainAll(session, document, options.explain) };
    });
    terminal.out(options.json ? JSON.stringify(readingAsJson(document, read)) : describeRead(document, read));
  });
}

async function readTone(
  { store, reader, encoder, profileOf }: ReadingSession,
  document: Document,
  options: ReadOptions,
): Promise<DocumentTone> {
  const writer = writerIfAny(store, options.writer, document);
  const known = writer && { store, id: writer.id, state: profileOf(writer) };
  const tone = await ToneReader.open({ encoder, reader }, known);
  return tone.read(
    document.hash,
    document.sentences.map(({ plain }) => plain),
  );
}

async function explainAll(
  { reader, encoder }: ReadingSession,
  { sentences }: Document,
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
function readingAsJson({ sentences }: Document, { tone, explanations }: ReadDocument) {
  return {
    version: 1,
    document: tone.document,
    sentences: sentences.map(({ text, start, end }, at) => ({
      text,
      start,
      end,
      ...tone.sentences[at]!,
      ...(explanations === undefined ? {} : { explanation: explanations[at]! }),
    })),
    gate: tone.gate,
  };
}

function describeRead(document: Document, { tone, explanations }: ReadDocument): string {
  const reading = describeReading(document, tone);
  return explanations === undefined ? reading : `${reading}\n\n${describeExplanations(explanations)}`;
}

function describeExplanations(explanations: readonly SentenceExplanation[]): string {
  const rows = explanations.map(({ words, completenessError }) => {
    const shown = strongestWords(words)
      .map(({ text, weight }) => `${text} ${formatSigned(weight)}`)
      .join(", ");
    return [formatSigned(completenessError, 3), shown];
  });
  return [
    "words that matter in each sentence, by what they add to its latent valence (its tone before scaling); first what they leave unexplained",
    formatTable([["", "words"], ...rows]),
  ].join("\n");
}

function describeReading(
  { sentences }: Document,
  { document, sentences: readings, gate }: DocumentTone,
): string {
  // Behind a closed gate what was taught alone is personal, and only where it counts.
  const isPersonal = gate.open || [document, ...readings].some(({ personal }) => personal !== null);
  const rows = sentences.map(({ plain }, at) => [...cellsOf(readings[at]!, isPersonal), shorten(plain)]);
  const head = isPersonal ? ["general", "", "personal", "", "sentence"] : ["general", "", "sentence"];
  return [
    formatTable([head, ...rows, [...cellsOf(document, isPersonal), "whole document"]]),
    `\npersonal reading: ${gate.open ? "shown" : "not shown"}: ${gate.reason}`,
  ].join("\n");
}

function cellsOf({ general, personal }: ReadingPair, isPersonal: boolean): readonly string[] {
  const own = personal === null ? ["", ""] : cellsOfReading(personal);
  return [...cellsOfReading(general), ...(isPersonal ? own : [])];
}

const widest = 72;

function shorten(text: string): string {
  return text.length <= widest ? text : `${text.slice(0, widest - 1).trimEnd()}…`;
}
