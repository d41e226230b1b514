import { said, whole } from "../said/said.ts";
import { SaidError } from "../said/said-error.ts";

/** Two prompts, or a prompt and the bytes it is read from, do not fit. */
export class PromptShapeError extends SaidError {
  constructor(expected: readonly number[], given: readonly number[]) {
    super(
      said("Prompts of shape [{0}] do not fit [{1}].", expected.join(", "), given.join(", ")),
      said("They were made for another model or cut off: learn again with this model."),
    );
  }
}

/** Prompts hold NaN or ∞: nothing that is read with them would be a reading. */
export class PromptNotFiniteError extends SaidError {
  constructor(count: number) {
    super(
      said("Prompts hold values that are no finite numbers: {0}.", whole(count)),
      said("Learn the writer again."),
    );
  }
}

/** Texts of several writers are in one run, and the tuning method cannot keep them apart. */
export class MixedWritersError extends Error {
  override readonly name = "MixedWritersError";

  constructor(method: string) {
    super(
      `A run with texts of several writers cannot be tuned by ${method}: the whole run has one set of its values. ` +
        "Give each run texts of one writer.",
    );
  }
}
