/** Two prompts, or a prompt and the bytes it is read from, do not fit. */
export class PromptShapeError extends Error {
  override readonly name = "PromptShapeError";
  /** What the user can do. It is part of the message, too. */
  readonly advice = "They were made for another model or cut off: learn again with this model.";

  constructor(expected: readonly number[], given: readonly number[]) {
    super(
      `Prompts of shape [${expected.join(", ")}] do not fit [${given.join(", ")}]. They were made for another ` +
        "model or cut off: learn again with this model.",
    );
  }
}

/** Prompts hold NaN or ∞: nothing that is read with them would be a reading. */
export class PromptNotFiniteError extends Error {
  override readonly name = "PromptNotFiniteError";
  /** What the user can do. It is part of the message, too. */
  readonly advice = "Learn the writer again.";

  constructor(count: number) {
    super(`Prompts hold ${count} values that are no finite numbers. Learn the writer again.`);
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
