import { type Options, SingleBar } from "cli-progress";

/** A bar on standard error that goes when it is done; none where there is no terminal to draw it on. */
export function progressBar(hasTerminal: boolean, format: string, look: Options = {}): SingleBar | undefined {
  return hasTerminal
    ? new SingleBar({ format, clearOnComplete: true, stream: process.stderr, ...look })
    : undefined;
}
