/** What the errors of this folder share: the message says what is wrong, then what to do about it. */
export abstract class PlmError extends Error {
  /** What the user can do. It is part of the message, too. */
  readonly advice: string;

  constructor(problem: string, advice: string, options?: ErrorOptions) {
    super(`${problem}${problem.endsWith("\n") ? "" : " "}${advice}`, options);
    this.advice = advice;
  }
}

/** A tokenizer.json cannot be read, or is of a kind that Idiolect does not know. */
export class TokenizerError extends PlmError {
  override readonly name = "TokenizerError";

  constructor(problem: string, options?: ErrorOptions) {
    super(
      problem,
      "Use the tokenizer.json of a BERT model (WordPiece with a BERT normalizer), as its publisher ships it.",
      options,
    );
  }
}

/** A safetensors file is truncated, malformed or hostile; nothing of it was used. */
export class SafetensorsError extends PlmError {
  override readonly name = "SafetensorsError";
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      `${path}: ${problem}`,
      "Get the file again from where it came from, and compare its size.",
      options,
    );
    this.path = path;
  }
}

/** A tensor was asked for by a name the file does not have. */
export class MissingTensorError extends PlmError {
  override readonly name = "MissingTensorError";

  constructor(path: string, tensor: string) {
    super(`${path} has no tensor ${tensor}.`, "Check the model's family, or use a model that has this part.");
  }
}

/** A tensor cannot be read as, or turned into, the numbers that were asked for. */
export class TensorTypeError extends PlmError {
  override readonly name = "TensorTypeError";

  constructor(tensor: string, problem: string) {
    super(`Tensor ${tensor}: ${problem}`, "Convert the model to F32, F16 or BF16 weights.");
  }
}

/** Numbers cannot be brought to 8 bits. */
export class QuantisationError extends PlmError {
  override readonly name = "QuantisationError";

  constructor(problem: string) {
    super(problem, "Check the training that made these weights, and the axis of the output channels.");
  }
}

/** A wrong config.json makes every tensor wrong; nobody reads a hundred lines of that. */
const maximumListedProblems = 20;

/** A model directory is not one, or contradicts itself. `problems` lists everything that was found. */
export class ModelDirectoryError extends PlmError {
  override readonly name = "ModelDirectoryError";
  readonly path: string;
  readonly problems: readonly string[];

  constructor(path: string, problems: readonly string[], options?: ErrorOptions) {
    const listed = problems.slice(0, maximumListedProblems);
    if (problems.length > listed.length)
      listed.push(`and ${problems.length - listed.length} more like these`);
    super(
      `${path} cannot be used as a language model:\n${listed.map((problem) => `  - ${problem}\n`).join("")}`,
      "A model directory holds config.json, tokenizer.json and model.safetensors of one BERT model, unchanged. " +
        "Download or copy all three again, together.",
      options,
    );
    this.path = path;
    this.problems = problems;
  }
}
