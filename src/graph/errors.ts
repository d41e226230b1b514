import { inEnglish, type Said, said } from "../said/said.ts";
import { SaidError } from "../said/said-error.ts";
import type { Shape } from "./dimension.ts";
import { shapeText } from "./dimension.ts";

/** The shapes or types that meet in an operator do not fit. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";

  constructor(operator: string, shapes: readonly Shape[], advice: string) {
    super(`${operator} of ${shapes.map(shapeText).join(" and ")}: ${advice}`);
  }
}

/** An operator is not in the list of rules, so neither its shape nor its gradient is known. */
export class UnknownOperatorError extends Error {
  override readonly name = "UnknownOperatorError";

  constructor(operator: string) {
    super(`No rule for the operator ${operator}. Add it to its kind in src/graph/operators.`);
  }
}

/** Two rules are for one operator, so neither its shape nor its gradient is certain. */
export class OperatorClashError extends Error {
  override readonly name = "OperatorClashError";

  constructor(operator: string) {
    super(`Two rules for the operator ${operator}. Keep one of them in src/graph/operators.`);
  }
}

/** A gradient was asked for through an operator or an input that has none. */
export class NotDifferentiableError extends Error {
  override readonly name = "NotDifferentiableError";

  constructor(operator: string, node: string, input: number, reason: string) {
    super(`No gradient through input ${input} of ${operator} (node ${node}): ${reason}`);
  }
}

/** A compiled graph was run without all of its inputs. */
export class InvalidFeedError extends Error {
  override readonly name = "InvalidFeedError";

  constructor(missing: readonly string[]) {
    super(`The graph needs inputs that were not fed: ${missing.join(", ")}.`);
  }
}

/** ONNX Runtime would run without certainty that it sends nothing. */
export class RuntimeNotSilentError extends SaidError {
  constructor(reason: Said) {
    const message = said(
      "ONNX Runtime was not started, for it might send figures about its use: {0}.",
      reason,
    );
    super(
      message,
      said("Install this version of Idiolect again; it includes the version of ONNX Runtime that it needs."),
      { english: inEnglish(message) },
    );
  }
}

/** Neither machine code nor WebAssembly of ONNX Runtime can be loaded. */
export class RuntimeMissingError extends SaidError {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    const message = said(
      "ONNX Runtime cannot be started on this machine ({0}, {1}): {2}.",
      process.platform,
      process.arch,
      reason,
    );
    const advice =
      process.platform === "win32"
        ? said(
            "Install Microsoft's Visual C++ Redistributable, which it needs, or the universal package of Idiolect.",
          )
        : said("Install the universal package of Idiolect, which reads on every machine.");
    super(message, advice, { cause, english: inEnglish(message) });
  }
}

/** A model computed NaN or ∞: whatever would be made of it would be made up. */
export class NotFiniteError extends SaidError {
  constructor(output: string) {
    super(
      said("The model computes values that are no numbers ({0}), so there is no reading.", output),
      said(
        "Its files may be damaged: check them with idiolect model verify. If they are sound, learn the writer again.",
      ),
    );
  }
}
