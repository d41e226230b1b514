/** What the errors of this folder share: the message says what is wrong, then what to do about it. */
export abstract class PlmError extends Error {
  /** What the user can do. It is part of the message, too. */
  readonly advice: string;

  constructor(problem: string, advice: string, options?: ErrorOptions) {
    const shown = printable(problem);
    super(`${shown}${shown.endsWith("\n") ? "" : " "}${advice}`, options);
    this.advice = advice;
  }
}

/** Names of tensors and keys come from the file: what would move a terminal's cursor or turn its text is shown as a mark. */
function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, "\u{FFFD}").slice(0, 20_000);
}

/** A tokenizer.json cannot be read, or is of a kind that Idiolect does not know. */
export class TokenizerError extends PlmError {
  override readonly name = "TokenizerError";

  constructor(problem: string, options?: ErrorOptions) {
    super(
      problem,
      "Use the tokenizer.json of a BERT, DistilBERT, ELECTRA (WordPiece) or RoBERTa model (byte-level BPE), " +
        "as its publisher ships it.",
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
      "A model directory holds config.json, tokenizer.json and model.safetensors of one model, unchanged. " +
        "Download or copy all three again, together.",
      options,
    );
    this.path = path;
    this.problems = problems;
  }
}

/** An ONNX file is not a BERT that can be read. */
export class OnnxModelError extends PlmError {
  override readonly name = "OnnxModelError";

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      `${path} holds no ONNX model that can be read: ${problem}.`,
      "Use the float32 file that PyTorch exports of a BERT encoder, or a Hugging Face directory with model.safetensors.",
      options,
    );
  }
}

/** An archive is not a packed model. */
export class ModelArchiveError extends PlmError {
  override readonly name = "ModelArchiveError";

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      `${path} cannot be read as a packed model: ${problem}.`,
      "An archive holds one .onnx file and one tokenizer.json of one model, as the jars of LangChain4j's embeddings do.",
      options,
    );
  }
}

/** What a model can have beyond the encoder. */
export type HeadName = "maskedLm" | "replacedTokens" | "sentiment";

const headPurposes: Readonly<Record<HeadName, string>> = {
  maskedLm:
    "head that guesses hidden words (masked LM), so nothing can be learned or measured by hiding words",
  replacedTokens: "head that detects replaced words (an ELECTRA discriminator has one)",
  sentiment: "head for tone",
};

/** A model was asked for something that it has no head for. Heads are never filled with random numbers. */
export class MissingHeadError extends PlmError {
  override readonly name = "MissingHeadError";
  readonly head: HeadName;

  constructor(path: string, head: HeadName) {
    super(
      `The model ${path} has no ${headPurposes[head]}.`,
      "Use the model that ships with Idiolect, or a directory that was saved with this head; " +
        "idiolect model inspect <dir> shows what a directory has.",
    );
    this.head = head;
  }
}

/** A text has more tokens than the model has positions. Nothing is cut silently. */
export class InputTooLongError extends PlmError {
  override readonly name = "InputTooLongError";

  constructor(tokens: number, maximumTokens: number) {
    super(
      `A text has ${tokens} tokens, and the model reads at most ${maximumTokens}.`,
      "Split the text into passages first.",
    );
  }
}

/** A model cannot be kept under this name. */
export class ModelNameError extends PlmError {
  override readonly name = "ModelNameError";

  constructor(name: string) {
    super(
      `A model cannot be named ${JSON.stringify(name)}.`,
      "Use up to 64 letters, digits, dots, hyphens and underscores, with a letter or digit first (--name).",
    );
  }
}

/** A model would be written where something is already. */
export class ModelPlaceError extends PlmError {
  override readonly name = "ModelPlaceError";

  constructor(path: string) {
    super(`There is something at ${path} already.`, "Choose another place, or remove what is there.");
  }
}

/** The folder where models are unpacked cannot be used. */
export class WeightCacheError extends PlmError {
  override readonly name = "WeightCacheError";

  constructor(folder: string, cause: unknown) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The model's weights cannot be unpacked to ${folder}: ${reason}.`, cacheAdvice(code, folder), {
      cause,
    });
  }
}

function cacheAdvice(code: string, folder: string): string {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "Make room on that disk (the shipped model needs about 100 MB) and try again.";
    case "EACCES":
    case "EROFS":
      return "Check that you may write there; on Linux XDG_CACHE_HOME names another folder.";
    case "EBUSY":
    case "EPERM":
      return "Another program has the weights open: close other windows and terminals with Idiolect, and try again.";
    default:
      return `Remove the folder ${folder}, which is made anew, and try again.`;
  }
}
