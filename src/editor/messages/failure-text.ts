import type { Translate } from "../../words/translate.ts";

/** What to tell of a failure. */
export interface FailureText {
  readonly message: string;
  readonly advice: string;
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
  if (lostCodes.includes(codeOf(cause))) {
    return {
      message: t("Idiolect's reader stopped in the middle of this."),
      advice: t("It restarts by itself; please try again."),
    };
  }
  const advice = adviceOf(cause);
  // Errors of the store say their advice in the same breath.
  return { message: messageOf(cause).replace(advice, "").trim(), advice };
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

/** Our own errors carry it, and errors of the server in their data. */
function adviceOf(cause: unknown): string {
  const data = isObject(cause) ? cause["data"] : undefined;
  const advice = isObject(cause) && "advice" in cause ? cause["advice"] : isObject(data) && data["advice"];
  return typeof advice === "string" ? advice : "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
