import { answer } from "./answer.ts";
import type { ServerContext } from "./context.ts";

/** Answers `figures` with what the features tell about themselves. */
export function addFigures(context: ServerContext): void {
  answer(context, "figures", () => context.figures());
}
