import { existsSync } from "node:fs";
import { CorpusLook, type CorpusNews, countNews } from "../../learner/corpus/corpus-look.ts";
import type { SinceLearned } from "../../protocol/learning-status.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import type { FolderNews, ServerContext } from "../context.ts";
import { corpusSettings } from "../learning/learning-job.ts";

/** Files are often saved several at a time, such as by a change of branch. */
const restMs = 1_000;

type WatchContext = Pick<ServerContext, "settings" | "isSaid" | "host" | "folders">;

/** Looks into the writers' folders, one look at a time. */
export class CorpusWatch implements FolderNews {
  readonly #context: WatchContext;
  readonly #looks = new Map<number, CorpusLook>();
  readonly #news = new Map<string, CorpusNews>();
  readonly #listeners = new Set<() => void>();
  readonly #looked = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isAskedAgain = false;
  #hasEnded = false;

  constructor(context: WatchContext) {
    this.#context = context;
  }

  since(writer: string): SinceLearned | undefined {
    const news = this.#news.get(writer);
    return news && countNews(news);
  }

  placeOf(path: string): string | undefined {
    for (const { moved } of this.#news.values()) {
      const place = moved.get(path);
      if (place !== undefined && existsSync(place)) return place;
    }
    return existsSync(path) ? path : undefined;
  }

  onChanged(listener: () => void): void {
    this.#listeners.add(listener);
  }

  onLooked(listener: () => void): void {
    this.#looked.add(listener);
  }

  lookSoon(): void {
    if (this.#hasEnded) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), restMs).unref();
  }

  /** Looks now; what is asked for meanwhile is looked for afterwards. */
  async look(): Promise<void> {
    this.#isAskedAgain = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      while (this.#isAskedAgain && !this.#hasEnded) {
        this.#isAskedAgain = false;
        await this.#lookOnce();
      }
    } finally {
      this.#isLooking = false;
    }
  }

  stop(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
  }

  async #lookOnce(): Promise<void> {
    const store = this.#context.host.openableStore();
    const before = JSON.stringify(this.#counts());
    const writers = store?.writers.list() ?? [];
    const names = new Set(writers.map(({ name }) => name));
    for (const name of this.#news.keys()) if (!names.has(name)) this.#news.delete(name);
    for (const writer of writers) await this.#lookAt(store!, writer);
    // Nobody listens after the end.
    if (this.#hasEnded) return;
    for (const listener of this.#looked) listener();
    if (JSON.stringify(this.#counts()) === before) return;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Before a first run has begun everything is new, which nobody needs to be told. */
  async #lookAt(store: Store, writer: Writer): Promise<void> {
    if (writer.folders.length === 0 || store.learningRuns.list(writer.id).length === 0) return;
    const look = this.#looks.get(writer.id) ?? new CorpusLook();
    this.#looks.set(writer.id, look);
    try {
      const settings = corpusSettings(this.#context, writer.folders);
      this.#news.set(writer.name, await look.look(store, writer, settings));
    } catch {
      // The store was given back, or the writer forgotten meanwhile: the next look tells.
      this.#news.delete(writer.name);
    }
  }

  #counts(): readonly (readonly [string, SinceLearned])[] {
    return [...this.#news].map(([name, news]) => [name, countNews(news)] as const);
  }
}
