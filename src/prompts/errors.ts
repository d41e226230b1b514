/** Two prompts, or a prompt and the bytes it is read from, do not fit. */
export class PromptShapeError extends Error {
  override readonly name = "PromptShapeError";

  constructor(expected: readonly number[], given: readonly number[]) {
    super(
      `Prompts of shape [${expected.join(", ")}] do not fit [${given.join(", ")}]. They were made for another ` +
        "model or cut off: learn again with this model.",
    );
  }
}
