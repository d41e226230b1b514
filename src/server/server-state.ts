import type { Connection, InitializeParams, WorkspaceFolder } from "vscode-languageserver/node";
import { canonicalPath, canonicalPathOf } from "../corpus/files/canonical-path.ts";
import type { ServerFigures } from "../protocol/requests.ts";
import type { ServerSettings, SettingName } from "../protocol/settings.ts";
import { type GivenPlaces, type Places, placesOf } from "../session/places.ts";
import { type ClientAbilities, clientAbilities } from "./client-abilities.ts";
import type { ServerContext } from "./context.ts";
import { CorpusWatch } from "./documents/corpus-watch.ts";
import { SyncedDocuments } from "./documents/synced-documents.ts";
import { speakLanguage } from "./language.ts";
import { notifyEditor } from "./notify-editor.ts";
import { LazyReadingHost } from "./reading-host.ts";
import { sayNotice } from "./say-told.ts";
import { HeldSettings, parseInitialization } from "./settings.ts";
import { Turns } from "./turns/turns.ts";

/** What the features of one server share. */
export class ServerState implements ServerContext {
  readonly connection: Connection;
  readonly documents: SyncedDocuments;
  readonly host: LazyReadingHost;
  readonly news: CorpusWatch;
  readonly #turns = new Turns();
  readonly #settingsListeners: ((settings: ServerSettings) => void)[] = [];
  readonly #readingsListeners: (() => void)[] = [];
  readonly #shutdownListeners: (() => Promise<void> | void)[] = [];
  readonly #figureSources: (() => Partial<ServerFigures>)[] = [];
  readonly #settings = new HeldSettings();
  readonly #given: GivenPlaces;
  #places: Places;
  #folders: readonly string[] = [];
  #client = clientAbilities({ capabilities: {} });

  constructor(connection: Connection, given: GivenPlaces) {
    this.connection = connection;
    this.#given = given;
    this.#places = placesOf(given);
    this.documents = new SyncedDocuments(connection);
    this.host = new LazyReadingHost({
      places: this.places,
      turns: this.#turns,
      tell: (notice) => notifyEditor(this, "notice", sayNotice(notice)),
      authorsAt: (path) => this.documents.authorsAt(path),
    });
    this.news = new CorpusWatch(this);
    this.onShutdown(() => this.news.stop());
    this.addFigures(() => ({
      longestSliceMs: this.#turns.longestSliceMs,
      slices: { count: this.#turns.slices.count, p99Ms: this.#turns.slices.p99Ms },
      isModelOpen: this.host.isModelOpen,
    }));
  }

  readonly work: ServerContext["work"] = (priority, token, task) => this.#turns.run(priority, token, task);
  readonly client = (): ClientAbilities => this.#client;
  readonly settings = (path?: string, languageId?: string): ServerSettings =>
    this.#settings.of(path, languageId);
  readonly isSaid = (name: SettingName, path?: string): boolean => this.#settings.isSaid(name, path);
  readonly leftOutFolders = (): readonly string[] => this.#settings.leftOut(this.#folders);
  readonly places = (): Places => this.#places;
  readonly folders = (): readonly string[] => this.#folders;

  readonly onSettingsChanged = (listener: (settings: ServerSettings) => void): void => {
    this.#settingsListeners.push(listener);
  };

  readonly readingsChanged = (): void => {
    for (const listener of this.#readingsListeners) listener();
    notifyEditor(this, "readingsChanged", {});
  };

  readonly onReadingsChanged = (listener: () => void): void => {
    this.#readingsListeners.push(listener);
  };

  readonly figures = (): ServerFigures => {
    const none = {
      longestSliceMs: 0,
      slices: { count: 0, p99Ms: 0 },
      cachedSentences: 0,
      isModelOpen: false,
    };
    const { user, system } = process.cpuUsage();
    const own = {
      processorMs: (user + system) / 1000,
      peakMemoryBytes: 1024 * process.resourceUsage().maxRSS,
    };
    return Object.assign(
      { processId: process.pid, ...none, ...own },
      ...this.#figureSources.map((source) => source()),
    );
  };

  readonly addFigures = (source: () => Partial<ServerFigures>): void => {
    this.#figureSources.push(source);
  };

  readonly onShutdown = (listener: () => Promise<void> | void): void => {
    this.#shutdownListeners.push(listener);
  };

  /** Takes what the editor gives at the start. */
  begin(parameters: InitializeParams): void {
    const { initializationOptions, ...where } = parameters;
    this.#client = clientAbilities(parameters);
    const given = parseInitialization(initializationOptions);
    this.#settings.take(given.settings);
    speakLanguage(given.language);
    this.#places = placesOf({
      storePath: given.storePath ?? this.#given.storePath,
      modelPath: given.modelPath ?? this.#given.modelPath,
      cachePath: this.#given.cachePath,
    });
    this.#folders = openFolders(where);
  }

  /** `value` is what `didChangeConfiguration` brings. */
  changeSettings(value: unknown): void {
    const before = this.#settings.ofReadings();
    this.#settings.take(value);
    for (const listener of this.#settingsListeners) listener(this.#settings.of());
    if (this.#settings.ofReadings() !== before) this.readingsChanged();
  }

  changeFolders(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(pathsOf(removed));
    this.#folders = [...this.#folders.filter((folder) => !gone.has(folder)), ...pathsOf(added)];
  }

  async end(): Promise<void> {
    for (const listener of this.#shutdownListeners) await listener();
    await this.host.dispose();
  }
}

type Where = Pick<InitializeParams, "workspaceFolders" | "rootUri" | "rootPath">;

/** Older clients name one folder as `rootUri`, or as `rootPath`. */
function openFolders({ workspaceFolders, rootUri, rootPath }: Where): readonly string[] {
  if (workspaceFolders) return pathsOf(workspaceFolders);
  if (rootUri) return pathsOf([{ uri: rootUri, name: "" }]);
  return rootPath ? [canonicalPath(rootPath)] : [];
}

/** Folders that lie elsewhere than on this machine's disk are left out. */
function pathsOf(folders: readonly WorkspaceFolder[]): readonly string[] {
  return folders.flatMap(({ uri }) => (uri.startsWith("file:") ? [canonicalPathOf(uri)] : []));
}
