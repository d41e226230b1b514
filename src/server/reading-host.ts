import { statSync } from "node:fs";
import type { CancellationToken } from "vscode-languageserver/node";
import { PretrainedModel } from "../plm/pretrained-model.ts";
import { generalReader } from "../profile/profile.ts";
import { openProfile, type ProfileState } from "../profile/versions.ts";
import type { notifications } from "../protocol/requests.ts";
import { cacheNotices, openingNotices } from "../session/notices.ts";
import { writerOfDocument } from "../session/writer-of-document.ts";
import { openStore } from "../store/open-store.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { hasStore } from "../store/store-folder.ts";
import { TextEncoder } from "../tone/reading/text-encoder.ts";
import type { Breathe, ReadingHost, ReadingSession, ServerPlaces } from "./context.ts";
import { type IdleTimer, startIdleTimer } from "./turns/idle-timer.ts";
import { SliceLength } from "./turns/slice-length.ts";
import type { Turns } from "./turns/turns.ts";
import { always, type Priority, type Urgency } from "./turns/urgency.ts";

/**
 * A second thread is 1.5 times as fast on 256 tokens and no faster on a sentence. But the two wait for each
 * other some hundred times in a run: where other programs keep all cores busy, such a run was seen to take
 * seconds, and with one thread its share of the processor.
 */
const threads = 1;
const idleMs = 10 * 60_000;

export interface ReadingHostOptions {
  readonly places: () => ServerPlaces;
  readonly turns: Turns;
  /** Is told what opening the store and the model had to say. */
  /** Who wrote a document that is open, as its front matter says. */
  readonly authorsAt?: (path: string) => readonly string[];
  readonly notify: (notice: Parameters<NonNullable<(typeof notifications)["notice"]["types"]>>[0]) => void;
  /** Calls back after idle time; real timers where absent. */
  readonly startIdleTimer?: typeof startIdleTimer;
}

type OpenModel = Pick<ReadingSession, "reader" | "encoder">;

interface KnownProfile {
  readonly store: Store;
  readonly version: string | undefined;
  readonly state: ProfileState;
}

/** Opens model and store on first use and gives both back after ten idle minutes. */
export class LazyReadingHost implements ReadingHost {
  readonly #options: ReadingHostOptions;
  readonly #profiles = new Map<number, KnownProfile>();
  readonly #idle: IdleTimer;
  readonly #askedListeners: (() => void)[] = [];
  #store: { readonly store: Store; readonly file: bigint | undefined } | undefined;
  #model: Promise<OpenModel> | undefined;

  constructor(options: ReadingHostOptions) {
    this.#options = options;
    this.#idle = (options.startIdleTimer ?? startIdleTimer)(idleMs, () => void this.#releaseIfIdle());
  }

  get isModelOpen(): boolean {
    return this.#model !== undefined;
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
    const model = await this.#openModel();
    const host = this;
    const session: ReadingSession = {
      ...model,
      get store() {
        return host.store();
      },
      profileOf: (writer) => this.#profileOf(writer, model),
    };
    // Opening the model takes long; others may have come meanwhile.
    await breathe();
    return task(session, breathe);
  }

  onAsked(listener: () => void): void {
    this.#askedListeners.push(listener);
  }

  store(): Store {
    const known = this.#store;
    if (known !== undefined && fileOf(known.store) === known.file) return known.store;
    this.#closeStore();
    const store = openStore(this.#options.places().storePath);
    this.#store = { store, file: fileOf(store) };
    for (const notice of openingNotices(store.opening)) this.#options.notify(notice);
    return store;
  }

  storeIfAny(): Store | undefined {
    return hasStore(this.#options.places().storePath) ? this.store() : undefined;
  }

  writerOf(path: string): Writer | undefined {
    const store = this.storeIfAny();
    return store && writerOfDocument(store, path, this.#options.authorsAt?.(path) ?? []);
  }

  /** Gives model and store back; the next use opens them again. Call it only where no task is at work. */
  async release(): Promise<void> {
    const model = this.#model;
    this.#model = undefined;
    this.#closeStore();
    // A model that could not be opened has nothing to give back, and whoever asked for it was told.
    await (await model?.catch(() => undefined))?.encoder.release();
  }

  async dispose(): Promise<void> {
    this.#idle.stop();
    await this.release();
  }

  async #releaseIfIdle(): Promise<void> {
    if (this.#options.turns.isBusy) this.#idle.restart();
    else await this.release();
  }

  #closeStore(): void {
    this.#profiles.clear();
    this.#store?.store.close();
    this.#store = undefined;
  }

  #profileOf({ id }: Writer, { reader }: OpenModel): ProfileState {
    const store = this.store();
    const version = store.profileVersions.active(id)?.id;
    const known = this.#profiles.get(id);
    if (known !== undefined && known.store === store && known.version === version) return known.state;
    const state = openProfile(store, id, reader);
    this.#profiles.set(id, { store, version, state });
    return state;
  }

  #openModel(): Promise<OpenModel> {
    this.#model ??= this.#readModel().catch((cause: unknown) => {
      this.#model = undefined;
      throw cause;
    });
    return this.#model;
  }

  async #readModel(): Promise<OpenModel> {
    const { modelPath, cachePath } = this.#options.places();
    const model = await PretrainedModel.open(modelPath, cachePath);
    for (const notice of cacheNotices(model)) this.#options.notify(notice);
    const reader = generalReader(model);
    const encoder = new TextEncoder(reader.model, { threads, pace: new SliceLength() });
    // Compiling holds the thread for some hundred milliseconds: once, before anybody's turn.
    await encoder.read([], reader.prompts);
    await encoder.thresholds();
    return { reader, encoder };
  }
}

function fileOf(store: Store): bigint | undefined {
  return statSync(store.paths.database, { bigint: true, throwIfNoEntry: false })?.ino;
}
