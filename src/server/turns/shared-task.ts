import { type CancellationToken, CancellationTokenSource, type Disposable } from "vscode-languageserver/node";
import { cancelled } from "../errors.ts";
import { always, type Priority, priorities, type Urgency } from "./urgency.ts";

/**
 * A task that several requests wait for. It is as urgent as the most urgent of them, and it is cancelled
 * when the last of them is: one that is cancelled takes nothing from the others.
 */
export class SharedTask<T> implements Urgency {
  readonly #waiting = new Set<{ readonly urgency: Urgency }>();
  readonly #listeners = new Set<() => void>();
  readonly #end = new CancellationTokenSource();
  readonly #start: (urgency: Urgency, token: CancellationToken) => Promise<T>;
  #result: Promise<T> | undefined;

  /** @param start is called once, by the first who waits */
  constructor(start: (urgency: Urgency, token: CancellationToken) => Promise<T>) {
    this.#start = start;
  }

  /** Nobody waits for it any more, so it ends without a result; or it has ended. */
  get isOver(): boolean {
    return this.#end.token.isCancellationRequested;
  }

  get priority(): Priority {
    const wanted = [...this.#waiting].map(({ urgency }) => priorities.indexOf(urgency.priority));
    return priorities[Math.min(priorities.length - 1, ...wanted)]!;
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Waits for the result. Throws LSP's RequestCancelled once `token` is cancelled. */
  async join(urgency: Priority | Urgency, token: CancellationToken): Promise<T> {
    const one = { urgency: typeof urgency === "string" ? always(urgency) : urgency };
    const given = Promise.withResolvers<never>();
    const listening = [
      token.onCancellationRequested(() => given.reject(cancelled())),
      one.urgency.onChange(() => this.#changed()),
    ];
    this.#waiting.add(one);
    this.#changed();
    try {
      return await Promise.race([this.#begun(), given.promise]);
    } finally {
      for (const each of listening) each.dispose();
      this.#waiting.delete(one);
      if (this.#waiting.size === 0) this.#end.cancel();
      else this.#changed();
    }
  }

  #begun(): Promise<T> {
    if (this.#result === undefined) {
      this.#result = this.#start(this, this.#end.token);
      // Where nobody waits any more nobody has to be told of a failure.
      this.#result.catch(() => undefined);
    }
    return this.#result;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
