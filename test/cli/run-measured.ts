import { runCommandLine } from "../../src/cli/command-line.ts";

/*
 * A process that carries out the command line that its parent sends and answers how it went, with what it took of the
 * processor. It takes one after the other, so that loading the program is not measured.
 */

/** How a command line went. */
export interface MeasuredRun {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
  /** Processor time of all threads. */
  readonly cpuMs: number;
  /** The most that the process has held so far. */
  readonly peakBytes: number;
}

process.on("message", (words: readonly string[]) => {
  void run(words).then((result) => process.send!(result));
});
process.send!("ready");

async function run(words: readonly string[]): Promise<MeasuredRun> {
  const out: string[] = [];
  const errors: string[] = [];
  const before = process.cpuUsage();
  const code = await runCommandLine(words, () => ({
    out: (text) => void out.push(text),
    note: (text) => void errors.push(text),
    warn: (text) => void errors.push(text),
    hasTerminal: false,
    readStandardInput: async () => Buffer.alloc(0),
    askedLines: async function* () {},
  }));
  const { user, system } = process.cpuUsage(before);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  return { code, out: out.join("\n"), errors: errors.join("\n"), cpuMs: (user + system) / 1000, peakBytes };
}
