import { resolve } from "node:path";
import envPaths from "env-paths";
import { type Connection, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver/node";
import { shippedModelPath } from "../learner/package-root.ts";
import { notifications, type ServerFigures, type ServerSettings } from "../protocol/editor-messages.ts";
import { defaultStorePath } from "../store/default-store-path.ts";
import type { ServerContext, ServerPlaces } from "./context.ts";
import { addFigures } from "./figures.ts";
import { addForget } from "./forget.ts";
import { addLearning } from "./learning.ts";
import { SyncedDocuments } from "./open-documents.ts";
import { LazyReadingHost } from "./reading-host.ts";
import { addReport } from "./report.ts";
import { defaultSettings, parseInitialization, parseSettings } from "./settings.ts";
import { Turns } from "./turns.ts";

/** Puts the server together on a connection. Call `listen` on the connection afterwards. */
export function startServer(connection: Connection): void {
  let settings = defaultSettings;
  let places = placesOf({});
  const settingsListeners: ((settings: ServerSettings) => void)[] = [];
  const readingsListeners: (() => void)[] = [];
  const shutdownListeners: (() => Promise<void> | void)[] = [];
  const figureSources: (() => Partial<ServerFigures>)[] = [];
  const turns = new Turns();
  const host = new LazyReadingHost({
    places: () => places,
    turns,
    notify: (notice) => void connection.sendNotification(notifications.notice.method, notice),
  });
  const context: ServerContext = {
    connection,
    documents: new SyncedDocuments(connection),
    host,
    settings: () => settings,
    onSettingsChanged: (listener) => void settingsListeners.push(listener),
    places: () => places,
    readingsChanged: () => {
      for (const listener of readingsListeners) listener();
      void connection.sendNotification(notifications.readingsChanged.method, {});
    },
    onReadingsChanged: (listener) => void readingsListeners.push(listener),
    figures: () => Object.assign(noFigures(), ...figureSources.map((source) => source())),
    addFigures: (source) => void figureSources.push(source),
    onShutdown: (listener) => void shutdownListeners.push(listener),
  };
  connection.onInitialize(({ initializationOptions }) => {
    const given = parseInitialization(initializationOptions);
    settings = given.settings;
    places = placesOf(given);
    return answerToInitialize;
  });
  connection.onDidChangeConfiguration(({ settings: changed }) => {
    settings = parseSettings(changed);
    for (const listener of settingsListeners) listener(settings);
  });
  connection.onShutdown(async () => {
    for (const listener of shutdownListeners) await listener();
    await host.dispose();
  });
  context.addFigures(() => ({ longestSliceMs: turns.longestSliceMs, isModelOpen: host.isModelOpen }));
  addFeatures(context);
}

function addFeatures(context: ServerContext): void {
  addFigures(context);
  const learning = addLearning(context);
  addForget(context, learning);
  addReport(context);
}

function noFigures(): ServerFigures {
  return { processId: process.pid, longestSliceMs: 0, cachedSentences: 0, isModelOpen: false };
}

const answerToInitialize: InitializeResult = {
  serverInfo: { name: "idiolect" },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ["#", "[", ",", "-", '"', "'", " "] },
    codeActionProvider: { codeActionKinds: ["source", "quickfix"] },
  },
};

function placesOf(given: {
  readonly storePath?: string | undefined;
  readonly modelPath?: string | undefined;
}): ServerPlaces {
  return {
    storePath: resolve(given.storePath ?? defaultStorePath()),
    modelPath: resolve(given.modelPath ?? shippedModelPath()),
    cachePath: envPaths("idiolect", { suffix: "" }).cache,
  };
}
