import type { Disposable } from "vscode-languageserver/node";
import type { Priority } from "./context.ts";

/** How urgent a task is, where that may change while it goes on. */
export interface Urgency {
  readonly priority: Priority;
  /** Is told after `priority` changed. */
  onChange(listener: () => void): Disposable;
}

/** One that never changes. */
export function always(priority: Priority): Urgency {
  return { priority, onChange: () => ({ dispose: () => undefined }) };
}
