import { toldAround } from "../corpus/files/paths.ts";
import type { ChosenFiles, FileChoice } from "../store/repositories/writers.ts";

/** What was chosen for a document: of the innermost of the writer's folders around it that has a choice of its own. */
export function chosenFor(
  chosen: Pick<ChosenFiles, keyof FileChoice | "byFolder"> | undefined,
  path: string,
): FileChoice {
  const { byFolder = {}, ...common } = chosen ?? {};
  return toldAround(byFolder, path) ?? common;
}
