import type { CannotLearn } from "../../protocol/learning-status.ts";
import { learningUnavailable } from "../../session/learning-unavailable.ts";
import { sayTold } from "../say-told.ts";

/** Why nothing can be learned on this machine, in the editor's language; undefined where learning is possible. */
export function cannotLearn(): CannotLearn | undefined {
  const unavailable = learningUnavailable();
  if (unavailable === undefined) return undefined;
  const { message: reason, advice } = sayTold(unavailable.told);
  return { reason, advice };
}
