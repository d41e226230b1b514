import { inEnglish, type Said, said, type Told } from "./said.ts";
import { toldShape } from "./said-shapes.ts";

export interface SaidErrorOptions {
  readonly cause?: unknown;
  /** The error's own message; absent: what is told, in English, the advice included. */
  readonly english?: string;
}

/**
 * A failure that a writer may be told of. Its own message is English, for the log and the terminal; an editor shows what
 * is `told` in the writer's language.
 */
export abstract class SaidError extends Error {
  readonly told: Told;
  /** In English. */
  readonly advice: string;

  constructor(message: Said, advice: Said, { cause, english }: SaidErrorOptions = {}) {
    super(
      english ?? `${inEnglish(message)} ${inEnglish(advice)}`,
      cause === undefined ? undefined : { cause },
    );
    this.name = new.target.name;
    this.told = { message, advice };
    this.advice = inEnglish(advice);
  }
}

/** What to tell of whatever was thrown: of a failure that nobody foresaw its own words, which are English, and `advice`. */
export function toldOf(cause: unknown, advice: Said): Told {
  return (
    foreseen(cause) ?? { message: said("Something unexpected went wrong: {0}.", ownWords(cause)), advice }
  );
}

/** What an error tells, of this process or of another one that sent it; undefined of one that nobody foresaw. */
export function foreseen(cause: unknown): Told | undefined {
  return cause instanceof Error && "told" in cause ? toldShape.safeParse(cause.told).data : undefined;
}

function ownWords(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
}
