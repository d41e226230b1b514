import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

/** What a command wrote and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
  /** The object on standard output. */
  readonly json: () => Record<string, unknown>;
}

/** Runs a command line in this process, with commander's own messages kept from the terminal. */
export async function idiolect(words: readonly string[], standardInput = ""): Promise<Ran> {
  const out: string[] = [];
  const errors: string[] = [];
  const stderr = vi
    .spyOn(process.stderr, "write")
    .mockImplementation((text) => errors.push(String(text)) > 0);
  const stdout = vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  const line = (lines: string[]) => (text: string) => void lines.push(`${text}\n`);
  try {
    const code = await runCommandLine(words, ({ quiet }) => ({
      out: line(out),
      note: quiet ? () => undefined : line(errors),
      warn: line(errors),
      hasTerminal: false,
      askedLines: async function* () {
        yield* standardInput.split("\n").filter((asked) => asked !== "");
      },
      readStandardInput: async () => Buffer.from(standardInput),
    }));
    return { code, out: out.join(""), errors: errors.join(""), json: () => JSON.parse(out.join("")) };
  } finally {
    stderr.mockRestore();
    stdout.mockRestore();
  }
}

/** Lets all tests of a file unpack models into a folder of their own. */
export function useOwnCache(folder: string): void {
  beforeAll(() => {
    vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
    vi.stubEnv("LOCALAPPDATA", join(folder, "cache"));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });
}

/** The tiny model, made on first use. */
export function tinyModel(folder: string): string {
  const path = join(folder, "model");
  return existsSync(path) ? path : writeTinyModel(path);
}
