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

/** That of a task whose first slices are urgent: what takes long lets those that take as little go first. */
export class FallingUrgency implements Urgency {
  readonly #after: Priority;
  readonly #listeners = new Set<() => void>();
  #priority: Priority;

  constructor(first: Priority, after: Priority) {
    this.#priority = first;
    this.#after = after;
  }

  get priority(): Priority {
    return this.#priority;
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  fall(): void {
    if (this.#priority === this.#after) return;
    this.#priority = this.#after;
    for (const listener of this.#listeners) listener();
  }
}
