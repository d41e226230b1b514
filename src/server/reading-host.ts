import type { CancellationToken } from "vscode-languageserver/node";
import type { GeneralReader } from "../profile/profile.ts";
import { type ReadingSession, Session, type SessionOptions } from "../session/session.ts";
import { writerOfDocument } from "../session/writer-of-document.ts";
import { StoreError } from "../store/errors.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { hasStore } from "../store/store-folder.ts";
import { TextEncoder } from "../tone/reading/text-encoder.ts";
import type { ReadingHost } from "./context.ts";
import { type IdleTimer, startIdleTimer } from "./turns/idle-timer.ts";
import { SliceLength } from "./turns/slices.ts";
import type { Breathe, Turns } from "./turns/turns.ts";
import { always, type Priority, type Urgency } from "./turns/urgency.ts";

/**
 * A second thread is 1.5 times as fast on 256 tokens and no faster on a sentence. But the two wait for each
 * other some hundred times in a run: where other programs keep all cores busy, such a run was seen to take
 * seconds, and with one thread its share of the processor.
 */
const threads = 1;
const idleMs = 10 * 60_000;

export interface ReadingHostOptions extends Pick<SessionOptions, "places" | "tell"> {
  readonly turns: Turns;
  /** Who wrote a document that is open, as its front matter says. */
  readonly authorsAt?: (path: string) => readonly string[];
  /** Calls back after idle time; real timers where absent. */
  readonly startIdleTimer?: typeof startIdleTimer;
}

/** Opens model and store on first use and gives both back after ten idle minutes. */
export class LazyReadingHost implements ReadingHost {
  readonly #options: ReadingHostOptions;
  readonly #session: Session;
  readonly #idle: IdleTimer;
  readonly #askedListeners: (() => void)[] = [];

  constructor(options: ReadingHostOptions) {
    this.#options = options;
    this.#session = new Session({ places: options.places, tell: options.tell, openEncoder });
    this.#idle = (options.startIdleTimer ?? startIdleTimer)(idleMs, () => void this.#releaseIfIdle());
  }

  get isModelOpen(): boolean {
    return this.#session.isModelOpen;
  }

  async read<T>(
    urgency: Priority | Urgency,
    token: CancellationToken,
    task: (session: ReadingSession, breathe: Breathe) => Promise<T>,
  ): Promise<T> {
    this.#idle.restart();
    const known = typeof urgency === "string" ? always(urgency) : urgency;
    const tell = () => {
      if (known.priority !== "background") for (const listener of this.#askedListeners) listener();
    };
    tell();
    const listening = known.onChange(tell);
    try {
      return await this.#options.turns.run(known, token, (breathe) => this.#task(breathe, task));
    } finally {
      listening.dispose();
    }
  }

  async #task<T>(
    breathe: Breathe,
    task: (session: ReadingSession, breathe: Breathe) => Promise<T>,
  ): Promise<T> {
    const session = await this.#session.reading();
    // Opening the model takes long; others may have come meanwhile.
    await breathe();
    return task(session, breathe);
  }

  onAsked(listener: () => void): void {
    this.#askedListeners.push(listener);
  }

  store(): Store {
    return this.#session.store;
  }

  storeIfAny(): Store | undefined {
    return hasStore(this.#options.places().storePath) ? this.store() : undefined;
  }

  openableStore(): Store | undefined {
    try {
      return this.storeIfAny();
    } catch (cause) {
      if (cause instanceof StoreError) return undefined;
      throw cause;
    }
  }

  writerOf(path: string): Writer | undefined {
    const store = this.storeIfAny();
    return store && writerOfDocument(store, path, this.#options.authorsAt?.(path) ?? []);
  }

  /** Gives model and store back; the next use opens them again. Call it only where no task is at work. */
  release(): Promise<void> {
    return this.#session.release();
  }

  async dispose(): Promise<void> {
    this.#idle.stop();
    await this.release();
  }

  async #releaseIfIdle(): Promise<void> {
    if (this.#options.turns.isBusy) this.#idle.restart();
    else await this.release();
  }
}

async function openEncoder({ model, prompts }: GeneralReader): Promise<TextEncoder> {
  const encoder = new TextEncoder(model, { threads, pace: new SliceLength() });
  // Compiling holds the thread for some hundred milliseconds: once, before anybody's turn.
  await encoder.read([], prompts);
  await encoder.thresholds();
  return encoder;
}
