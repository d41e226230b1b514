import type { Command } from "commander";
import type { Document } from "../../corpus/document.ts";
import { type DocumentVoice, type ParagraphVoice, readVoice } from "../../readings/voice/read-voice.ts";
import { openVoiceBackground } from "../../session/voice-background.ts";
import { describeVoice } from "../../words/describe-voice.ts";
import { chooseWriter } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { withReadingSession } from "../open-session.ts";
import type { CommandSurroundings } from "../surroundings.ts";
import { readSource } from "./read-source.ts";

export function addVoiceCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("voice")
    .description("say how much each paragraph of a document sounds like its writer, and which words do not")
    .argument("<file>", "a document, or - for standard input");
  addCommonOptions(command, "store", "writer", "model").action(
    async (file: string, options: CommonOptions<"store" | "writer" | "model">) => {
      const terminal = surroundings(options);
      const document = await readSource(file, terminal);
      const voice = await withReadingSession(options, terminal, (session) => {
        const writer = chooseWriter(session.store, options.writer, document);
        const state = session.profileOf(writer);
        return readVoice(
          { ...session, store: session.store, writer, state, background: openVoiceBackground },
          document,
        );
      });
      terminal.out(options.json ? JSON.stringify(voiceAsJson(voice)) : describe(document, voice));
    },
  );
}

function voiceAsJson(voice: DocumentVoice) {
  return voice.kind === "closed"
    ? { version: 1, gate: { open: false, reason: voice.reason }, paragraphs: null }
    : { version: 1, gate: { open: true }, paragraphs: voice.paragraphs };
}

function describe({ path }: Document, voice: DocumentVoice): string {
  if (voice.kind === "closed") return `Nothing is said of the voice: ${voice.reason}.`;
  return [path, ...voice.paragraphs.map(describeParagraph)].join("\n\n");
}

const shownCharacters = 90;

function describeParagraph({ text, lower, turns, near }: ParagraphVoice): string {
  const unlike = turns.map((turn) => `'${turn.text}'`).join(", ");
  return [
    `  ${shortened(text)}`,
    `    ${describeVoice(lower)}`,
    ...(unlike === "" ? [] : [`    least like the writer: ${unlike}`]),
    ...near.map((passage) => `    the writer's own: ${shortened(passage.text)} (${passage.path})`),
  ].join("\n");
}

const shortened = (text: string): string =>
  text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters).trimEnd()} …`;
