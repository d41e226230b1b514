import type { Translate } from "../../words/translate.ts";

/** What to tell of a failure. */
export interface FailureText {
  readonly message: string;
  readonly advice: string;
  /** What the log says of it, in English where that is known. */
  readonly english: string;
}

/** LSP's and JSON-RPC's codes for requests that somebody no longer wants. */
const cancelledCodes: readonly unknown[] = [-32800, -32801, -32802];
/** JSON-RPC's codes for a connection that ended with the request under way. */
const lostCodes: readonly unknown[] = [-32096, -32097, -32098, -32099];

/** The words for a failure, or undefined where the user wanted it to end. */
export function describeFailure(cause: unknown, t: Translate): FailureText | undefined {
  if (isCancelled(cause)) {
    return undefined;
  }
  const words = messageOf(cause);
  if (lostCodes.includes(codeOf(cause))) {
    return {
      message: t("Idiolect's reader stopped in the middle of this."),
      advice: t("It restarts by itself; please try again."),
      english: words,
    };
  }
  const advice = adviceOf(cause);
  return advice === undefined
    ? {
        message: t("Something unexpected went wrong: {0}.", words.replace(/\.$/, "")),
        advice: "",
        english: words,
      }
    : {
        message: textOf(dataOf(cause), "message") ?? words,
        advice,
        english: textOf(dataOf(cause), "english") ?? words,
      };
}

function isCancelled(cause: unknown): boolean {
  return (
    cancelledCodes.includes(codeOf(cause)) ||
    (cause instanceof Error && (cause.name === "Canceled" || cause.name === "CancellationError"))
  );
}

function codeOf(cause: unknown): unknown {
  return isObject(cause) ? cause["code"] : undefined;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Our own errors carry it, and errors of the server in their data; undefined of a failure that nobody foresaw. */
function adviceOf(cause: unknown): string | undefined {
  return textOf(cause, "advice") ?? textOf(dataOf(cause), "advice");
}

const dataOf = (cause: unknown): unknown => (isObject(cause) ? cause["data"] : undefined);

function textOf(value: unknown, name: string): string | undefined {
  const text = isObject(value) ? value[name] : undefined;
  return typeof text === "string" ? text : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
