import { runtimeKind } from "../graph/onnx-runtime.ts";
import { LearningUnavailableError } from "./errors.ts";

/** Why nothing can be learned on this machine; undefined where learning is possible. Costs next to nothing. */
export function learningUnavailable(): LearningUnavailableError | undefined {
  return runtimeKind() === "native" ? undefined : new LearningUnavailableError();
}
