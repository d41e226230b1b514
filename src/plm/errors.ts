import { inEnglish, type Said, type SaidValue, said, saidCount, whole } from "../said/said.ts";
import { SaidError, type SaidErrorOptions } from "../said/said-error.ts";

/** What the errors of this folder share: the message says what is wrong, then what to do about it. */
export abstract class PlmError extends SaidError {
  /** @param english the problem as the message says it; absent: as it is told */
  constructor(problem: Said, advice: Said, { cause, english = inEnglish(problem) }: SaidErrorOptions = {}) {
    const shown = printable(english);
    super(printableSaid(problem), advice, {
      cause,
      english: `${shown}${shown.endsWith("\n") ? "" : " "}${inEnglish(advice)}`,
    });
  }
}

/** Names of tensors and keys come from the file: what would move a terminal's cursor or turn its text is shown as a mark. */
function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, "\u{FFFD}").slice(0, 20_000);
}

const printableSaid = (sentence: Said): Said => ({
  ...sentence,
  values: sentence.values.map((value): SaidValue => {
    if (typeof value === "string") return printable(value);
    return "message" in value ? printableSaid(value) : value;
  }),
});

/** A tokenizer.json cannot be read, or is of a kind that Idiolect does not know. */
export class TokenizerError extends PlmError {
  constructor(problem: string, options?: ErrorOptions) {
    super(
      said("The tokenizer of the model cannot be read: {0}", problem),
      said(
        "Use the tokenizer.json of a BERT, DistilBERT, ELECTRA (WordPiece) or RoBERTa model (byte-level BPE), as its publisher ships it.",
      ),
      { ...options, english: problem },
    );
  }
}

/** A safetensors file is truncated, malformed or hostile; nothing of it was used. */
export class SafetensorsError extends PlmError {
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      said("The weights in {0} cannot be read: {1}", path, problem),
      said("Get the file again from where it came from, and compare its size."),
      { ...options, english: `${path}: ${problem}` },
    );
    this.path = path;
  }
}

/** A tensor was asked for by a name the file does not have. */
export class MissingTensorError extends PlmError {
  constructor(path: string, tensor: string) {
    super(
      said("{0} has no tensor {1}.", path, tensor),
      said("Check the model's family, or use a model that has this part."),
    );
  }
}

/** A tensor cannot be read as, or turned into, the numbers that were asked for. */
export class TensorTypeError extends PlmError {
  constructor(tensor: string, problem: string) {
    super(
      said("The model's tensor {0} cannot be read: {1}", tensor, problem),
      said("Convert the model to F32, F16 or BF16 weights."),
      { english: `Tensor ${tensor}: ${problem}` },
    );
  }
}

/** Numbers cannot be brought to 8 bits. */
export class QuantisationError extends PlmError {
  constructor(problem: string) {
    super(
      said("The weights cannot be brought to 8 bits: {0}", problem),
      said("Check the training that made these weights, and the axis of the output channels."),
      { english: problem },
    );
  }
}

/** A wrong config.json makes every tensor wrong; nobody reads a hundred lines of that. */
const maximumListedProblems = 20;

/** A model directory is not one, or contradicts itself. `problems` lists everything that was found. */
export class ModelDirectoryError extends PlmError {
  readonly path: string;
  readonly problems: readonly string[];

  constructor(path: string, problems: readonly string[], options?: ErrorOptions) {
    const listed = problems.slice(0, maximumListedProblems);
    const [left, others] = [problems.length - listed.length, problems.length - 1];
    const first = (problems[0] ?? "").replace(/\.$/, "");
    super(
      said(
        "{0} cannot be used as a language model: {1}.",
        path,
        others > 0 ? saidCount(others, "{1} and {0} more", "{1} and {0} more", first) : first,
      ),
      said(
        "A model directory holds config.json, tokenizer.json and model.safetensors of one model, unchanged. Download or copy all three again, together.",
      ),
      {
        ...options,
        english: [
          `${path} cannot be used as a language model:`,
          ...listed.map((problem) => `  - ${problem}`),
          ...(left > 0 ? [`  - and ${left} more like these`] : []),
          "",
        ].join("\n"),
      },
    );
    this.path = path;
    this.problems = problems;
  }
}

/** An ONNX file is not a BERT that can be read. */
export class OnnxModelError extends PlmError {
  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      said("{0} holds no ONNX model that can be read: {1}.", path, problem),
      said(
        "Use the float32 file that PyTorch exports of a BERT encoder, or a Hugging Face directory with model.safetensors.",
      ),
      options,
    );
  }
}

/** An archive is not a packed model. */
export class ModelArchiveError extends PlmError {
  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      said("{0} cannot be read as a packed model: {1}.", path, problem),
      said(
        "An archive holds one .onnx file and one tokenizer.json of one model, as the jars of LangChain4j's embeddings do.",
      ),
      options,
    );
  }
}

/** What a model can have beyond the encoder. */
export type HeadName = "maskedLm" | "replacedTokens" | "sentiment";

const missingHeads: Readonly<Record<HeadName, (path: string) => Said>> = {
  maskedLm: (path) =>
    said(
      "The model {0} has no head that guesses hidden words (masked LM), so nothing can be learned or measured by hiding words.",
      path,
    ),
  replacedTokens: (path) =>
    said("The model {0} has no head that detects replaced words (an ELECTRA discriminator has one).", path),
  sentiment: (path) => said("The model {0} has no head for tone.", path),
};

/** A model was asked for something that it has no head for. Heads are never filled with random numbers. */
export class MissingHeadError extends PlmError {
  readonly head: HeadName;

  constructor(path: string, head: HeadName) {
    super(
      missingHeads[head](path),
      said(
        "Use the model that ships with Idiolect, or a directory that was saved with this head; idiolect model inspect <dir> shows what a directory has.",
      ),
    );
    this.head = head;
  }
}

/** A text has more tokens than the model has positions. Nothing is cut silently. */
export class InputTooLongError extends PlmError {
  constructor(tokens: number, maximumTokens: number) {
    super(
      said("A text has {0} tokens, and the model reads at most {1}.", whole(tokens), whole(maximumTokens)),
      said("Split the text into passages first."),
    );
  }
}

/** A model cannot be kept under this name. */
export class ModelNameError extends PlmError {
  constructor(name: string) {
    super(
      said("A model cannot be named {0}.", JSON.stringify(name)),
      said(
        "Use up to 64 letters, digits, dots, hyphens and underscores, with a letter or digit first (--name).",
      ),
    );
  }
}

/** A model would be written where something is already. */
export class ModelPlaceError extends PlmError {
  constructor(path: string) {
    super(
      said("There is something at {0} already.", path),
      said("Choose another place, or remove what is there."),
    );
  }
}

/** The folder where models are unpacked cannot be used. */
export class WeightCacheError extends PlmError {
  constructor(folder: string, cause: unknown) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      said("The model's weights cannot be unpacked to {0}: {1}.", folder, reason),
      cacheAdvice(code, folder),
      { cause },
    );
  }
}

function cacheAdvice(code: string, folder: string): Said {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return said("Make room on that disk (the shipped model needs about 100 MB) and try again.");
    case "EACCES":
    case "EROFS":
      return said("Check that you may write there; on Linux XDG_CACHE_HOME names another folder.");
    case "EBUSY":
    case "EPERM":
      return said(
        "Another program has the weights open: close other windows and terminals with Idiolect, and try again.",
      );
    default:
      return said("Remove the folder {0}, which is made anew, and try again.", folder);
  }
}
