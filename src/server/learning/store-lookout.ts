import { unwatchFile, watchFile } from "node:fs";
import type { LearningStatus } from "../../protocol/learning-status.ts";
import type { Store } from "../../store/store.ts";
import { companionsOf, storePaths } from "../../store/store-folder.ts";
import type { ServerContext } from "../context.ts";

const intervalMs = 2_000;

/**
 * Looks now and then whether another process has learned, published a profile or erased something. It
 * never makes a store that is not there.
 */
export class StoreLookout {
  readonly #context: ServerContext;
  readonly #looked: () => void;
  /** Versions in use when it looked last; undefined before the first look. */
  #profiles: string | undefined;
  #unwatch: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param looked called when something may have changed */
  constructor(context: ServerContext, looked: () => void) {
    this.#context = context;
    this.#looked = looked;
  }

  /** The store, where there is one. */
  get store(): Store | undefined {
    return this.#context.host.storeIfAny();
  }

  /** Begins to look, once; gives whether it does so now. */
  start(): boolean {
    if (this.#profiles !== undefined) return false;
    this.noteProfiles();
    this.#unwatch = watchStore(this.#context.places().storePath, this.#looked);
    return true;
  }

  /** Holds the versions in use now for known. Gives whether they are others than before. */
  noteProfiles(): boolean {
    const before = this.#profiles;
    const store = this.#context.host.openableStore();
    this.#profiles = store === undefined ? "" : profilesInUse(store);
    return this.#profiles !== before;
  }

  /** While another process learns, its sign of life grows old without any file telling. */
  lookAgainIfElsewhere({ kind }: LearningStatus): void {
    clearTimeout(this.#timer);
    if (kind === "elsewhere") this.#timer = setTimeout(this.#looked, intervalMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#unwatch();
  }
}

function profilesInUse(store: Store): string {
  return store.writers
    .list()
    .map(({ id }) => store.profileVersions.active(id)?.id ?? "")
    .join(" ");
}

/** Watches the store's files without opening them. Returns the function that ends the watch. */
function watchStore(storePath: string, changed: () => void): () => void {
  const { database } = storePaths(storePath);
  const files = [database, ...companionsOf(database)];
  const listener = () => changed();
  for (const file of files) watchFile(file, { interval: intervalMs, persistent: false }, listener);
  return () => {
    for (const file of files) unwatchFile(file, listener);
  };
}
