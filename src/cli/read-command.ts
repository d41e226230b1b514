import type { Command } from "commander";
import type { Document } from "../corpus/document.ts";
import { type DocumentTone, type ReadingPair, ToneReader } from "../profile/document-tone.ts";
import { addCommonOptions, type CommonOptions } from "./common-options.ts";
import { cellsOfReading } from "./describe-reading.ts";
import { formatTable } from "./format.ts";
import { type ReadingSession, withReadingSession } from "./reading-session.ts";
import { readSource } from "./source-text.ts";
import type { CommandSurroundings } from "./surroundings.ts";
import { writerIfAny } from "./writer-choice.ts";

export function addReadCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("read")
    .description("read the tone of a document, in general and as its writer means it")
    .argument("<file>", "a document, or - for standard input");
  addCommonOptions(command).action(async (file: string, options: CommonOptions) => {
    const terminal = surroundings(options);
    const document = await readSource(file, terminal);
    const tone = await withReadingSession(options, terminal, (session) =>
      readTone(session, document, options),
    );
    terminal.out(
      options.json ? JSON.stringify(readingAsJson(document, tone)) : describeReading(document, tone),
    );
  });
}

async function readTone(
  { store, reader, encoder, profileOf }: ReadingSession,
  { hash, sentences }: Document,
  options: CommonOptions,
): Promise<DocumentTone> {
  const writer = writerIfAny(store, options.writer);
  const known = writer && { store, id: writer.id, state: profileOf(writer) };
  const tone = await ToneReader.open({ encoder, reader }, known);
  return tone.read(
    hash,
    sentences.map(({ plain }) => plain),
  );
}

/** The object of `read --json`. */
export function readingAsJson({ sentences }: Document, tone: DocumentTone) {
  return {
    version: 1,
    document: tone.document,
    sentences: sentences.map(({ text, start, end }, at) => ({ text, start, end, ...tone.sentences[at]! })),
    gate: tone.gate,
  };
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
