import type { HardPassage, HardPrompts } from "./hard-prompts.ts";

/** The newest passages, whatever the input. */
export class RecentPrompts implements HardPrompts {
  readonly order = "recent";
  readonly #passages: readonly HardPassage[];

  constructor(passages: readonly HardPassage[]) {
    this.#passages = passages.toSorted((a, b) => b.time - a.time);
  }

  choose(): readonly HardPassage[] {
    return this.#passages;
  }
}
