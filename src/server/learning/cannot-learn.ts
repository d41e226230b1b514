import type { CannotLearn } from "../../protocol/learning-status.ts";
import { learningUnavailable } from "../../session/learning-unavailable.ts";
import { t } from "../language.ts";

/** Why nothing can be learned on this machine, in the editor's language; undefined where learning is possible. */
export function cannotLearn(): CannotLearn | undefined {
  if (learningUnavailable() === undefined) return undefined;
  return {
    reason: t(
      "Idiolect reads on this machine and does not learn: the engine that it learns with is not made for it ({0}, {1}).",
      process.platform,
      process.arch,
    ),
    advice: t(
      "Learn on a machine with Linux, Windows or an Apple processor, export it there with the text, and import the file here.",
    ),
  };
}
