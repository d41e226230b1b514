/** A gradient or a stored moment does not fit its parameter. */
export class ParameterMismatchError extends Error {
  override readonly name = "ParameterMismatchError";

  constructor(parameter: string, found: string) {
    super(
      `"${parameter}": ${found}. Give gradients and optimiser state of the same model; ` +
        "after the model has changed, start learning anew instead of resuming.",
    );
  }
}
