import type { GraphSession } from "../graph/session.ts";

/**
 * Sessions by prompt length (0 is without prompts), each compiled when it is first asked for. A graph
 * is polymorphic in batch and length but not in the number of prompt vectors.
 */
export class PromptSessions {
  readonly #compile: (promptLength: number) => Promise<GraphSession>;
  readonly #sessions = new Map<number, Promise<GraphSession>>();

  constructor(compile: (promptLength: number) => Promise<GraphSession>) {
    this.#compile = compile;
  }

  get(promptLength: number): Promise<GraphSession> {
    const known = this.#sessions.get(promptLength);
    if (known !== undefined) {
      return known;
    }
    const made = this.#compile(promptLength);
    this.#sessions.set(promptLength, made);
    return made;
  }

  /** Gives the native memory back; a session that is asked for later is compiled anew. */
  async release(): Promise<void> {
    const made = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of made) {
      await (await session).release();
    }
  }
}
