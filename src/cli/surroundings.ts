import { Buffer } from "node:buffer";
import { createInterface } from "node:readline";

/** The terminal, as commands see it. */
export interface Surroundings {
  /** Writes a line of results. */
  readonly out: (line: string) => void;
  /** Writes a line about the work: standard error, and nothing with `--quiet`. */
  readonly note: (line: string) => void;
  /** Writes a line that must be seen: standard error, also with `--quiet`. */
  readonly warn: (line: string) => void;
  /** Whether progress bars have a terminal to be drawn on. */
  readonly hasTerminal: boolean;
  /** Reads standard input to its end, or until there are so many bytes. */
  readonly readStandardInput: (mostBytes: number) => Promise<Uint8Array>;
  /** Lines of standard input, each as soon as it is there. */
  readonly askedLines: () => AsyncIterable<string>;
}

/** Gives the terminal as the options of a command ask for it. */
export type CommandSurroundings = (options: { readonly quiet?: true }) => Surroundings;

/** Controls other than line breaks and tabs: names, tags and texts could steer the terminal with them. */
const controls = /[^\P{Cc}\n\t]/gu;

/** Shows controls as JSON writes them, so that JSON stays what it was. */
export function withoutControls(line: string): string {
  return line.replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export const processSurroundings: CommandSurroundings = ({ quiet }) => {
  const warn = (line: string) => void process.stderr.write(`${withoutControls(line)}\n`);
  return {
    out: (line) => void process.stdout.write(`${withoutControls(line)}\n`),
    note: quiet ? () => undefined : warn,
    warn,
    hasTerminal: process.stderr.isTTY === true && quiet !== true,
    askedLines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    readStandardInput: async (mostBytes) => {
      const parts: Uint8Array[] = [];
      let bytes = 0;
      for await (const part of process.stdin) {
        parts.push(part as Uint8Array);
        bytes += (part as Uint8Array).length;
        if (bytes >= mostBytes) break;
      }
      return Buffer.concat(parts).subarray(0, mostBytes);
    },
  };
};
