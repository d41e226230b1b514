import type { ServerContext } from "./context.ts";
import { answerRequest } from "./requests.ts";

/** Answers `figures` with what the features tell about themselves. */
export function addFigures(context: ServerContext): void {
  answerRequest(context, "figures", () => context.figures());
}
