import type { HardOrder, HardPassage, HardPrompts } from "./hard-prompts.ts";
import { LexicalPrompts } from "./lexical-prompts.ts";
import { RecentPrompts } from "./recent-prompts.ts";
import { SimilarPrompts } from "./similar-prompts.ts";
import { StaticPrompts } from "./static-prompts.ts";

/** Hard prompts of some order from these passages of one writer. */
export function hardPrompts(order: HardOrder, passages: readonly HardPassage[]): HardPrompts {
  switch (order) {
    case "none":
      return { order, choose: () => [] };
    case "static":
      return new StaticPrompts(passages);
    case "similarity":
      return new SimilarPrompts(passages);
    case "lexical":
      return new LexicalPrompts(passages);
    case "recent":
      return new RecentPrompts(passages);
    default:
      return order satisfies never;
  }
}
