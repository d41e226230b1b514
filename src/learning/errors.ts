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

/** A head is to start from the model's own, and the model has none for so many classes. */
export class HeadStartError extends Error {
  override readonly name = "HeadStartError";

  constructor(path: string, classes: number) {
    super(
      `${path} has no sentiment head that ${classes} classes could start from (they may be 2 to 5). ` +
        'Start a fresh head (start: "fresh") and train it on general labelled text.',
    );
  }
}

/** Texts of several writers, where there is one set of values. */
export class MixedRunError extends Error {
  override readonly name = "MixedRunError";

  constructor(writers: readonly string[]) {
    super(
      `One run was given texts of ${writers.length} writers (${writers.slice(0, 3).join(", ")} …), and its values ` +
        "are those of one. Cut runs by writer.",
    );
  }
}

/** A label that is none of the classes. */
export class LabelRangeError extends Error {
  override readonly name = "LabelRangeError";

  constructor(label: number, classes: number) {
    super(
      `Label ${label} is none of ${classes} classes, which are numbered from 0. Number the labels anew, or open ` +
        "the classifier for as many classes as there are.",
    );
  }
}

/** Nothing to learn from. */
export class NoExamplesError extends Error {
  override readonly name = "NoExamplesError";

  constructor() {
    super("There is no text to learn from. Give at least one.");
  }
}

/** Words are to be hidden in texts that do not say where their words are. */
export class WordlessTextError extends Error {
  override readonly name = "WordlessTextError";

  constructor() {
    super(
      "Masked words cannot be learned along: some examples have no `words`. Give the word of each token, as passages " +
        "have it, or learn the labels alone.",
    );
  }
}
