import type { Disposable } from "vscode-languageserver/node";

/** Of two tasks the one that comes first here runs first; the other waits at its next breath. */
export const priorities = ["hover", "completion", "command", "background"] as const;
export type Priority = (typeof priorities)[number];

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
