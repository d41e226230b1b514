import { constants } from "node:os";

/**
 * How lines of the log begin that may be shown as far as this. What follows may name files, tags or writers. A test
 * compares this list with what the code logs.
 */
export const loggedPhrases: readonly string[] = [
  "A command failed",
  "The round of questions stopped",
  "The reader has ended unexpectedly and starts again",
  "The reader could not start",
  "The reader did not end cleanly",
  "The state of learning is unknown",
  "Learning did not go on",
  "Learning failed",
  "Erased",
  "Unexpected",
  "The editor does not watch files",
  "The strength of readings is not kept",
];

/** What is left of a log, and how much was left out. */
export interface ScrubbedLog {
  readonly lines: readonly string[];
  readonly leftOut: number;
}

const mostLines = 200;
const entry = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) \[(info|warning|error)\] (.*)$/;
/** A call in one of our own files, whose names say nothing. */
const frame = /^\s+at .*?[\\/]dist[\\/]([a-z-]+\.c?js:\d+:\d+)\)?$/;
/** The name of a cause stands before its message, or in brackets after the phrase. */
const nameOfCause = /^(?:[:.]? ?\(?)([A-Z][A-Za-z]{0,40}Error|Error)(?=[:).\s]|$)/;
const codes = new Set(Object.keys(constants.errno));

/**
 * The last lines of a log without anything that a writer wrote: of each line its time, its level, the phrase with which
 * our code begins it, the name of the cause and codes of the operating system. Whatever else there is stays out, for
 * nobody can tell a message from a sentence that stands in it. Lines of finer levels hold the messages between editor and
 * server, and stay out whole.
 */
export function scrubbedLog(text: string): ScrubbedLog {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const kept = lines.flatMap((line) => scrubbed(line) ?? []);
  return { lines: kept.slice(-mostLines), leftOut: lines.length - kept.length };
}

function scrubbed(line: string): string | undefined {
  const [, place] = frame.exec(line) ?? [];
  if (place !== undefined) return `    at ${place}`;
  const [, time, level, message = ""] = entry.exec(line) ?? [];
  if (time === undefined) return undefined;
  const phrase = loggedPhrases.find((known) => message.startsWith(known));
  if (phrase === undefined) return undefined;
  const rest = message.slice(phrase.length);
  const [, name] = nameOfCause.exec(rest) ?? [];
  const found = [...new Set(rest.match(/\bE[A-Z0-9]{2,}\b/g) ?? [])].filter((code) => codes.has(code));
  const [, called] = frame.exec(rest.slice(rest.indexOf("    at "))) ?? [];
  const details = [name, called, ...found].filter((part) => part !== undefined).join(", ");
  return `${time} [${level}] ${phrase}${details === "" ? "" : `: ${details}`}`;
}
