import { type Connection, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver/node";
import type { ServerContext } from "./context.ts";
import { addDocumentReading } from "./document-reading.ts";
import { addFigures } from "./figures.ts";
import { addForget } from "./forget.ts";
import { addLearning } from "./learning.ts";
import { addLessons } from "./lessons.ts";
import { addReport } from "./report.ts";
import { type GivenPlaces, ServerState } from "./server-state.ts";
import { addTagFeatures } from "./tag-features.ts";
import { TaughtTexts } from "./taught-texts.ts";
import { addTeaching } from "./teaching.ts";
import { addToneHover } from "./tone-hover.ts";
import { ToneReadings } from "./tone-readings.ts";
import { ToneReasons } from "./tone-reasons.ts";

/**
 * Puts the server together on a connection; the caller listens on it afterwards. `places` hold where the
 * editor names none.
 */
export function startServer(connection: Connection, places: GivenPlaces = {}): void {
  const state = new ServerState(connection, places);
  let tellsFolders = false;
  connection.onInitialize((parameters) => {
    state.begin(parameters);
    tellsFolders = parameters.capabilities.workspace?.workspaceFolders === true;
    return abilities;
  });
  connection.onInitialized(() => {
    if (!tellsFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      state.changeFolders(added, removed),
    );
  });
  connection.onDidChangeConfiguration(({ settings }) => state.changeSettings(settings));
  connection.onShutdown(() => state.end());
  addFeatures(state);
}

function addFeatures(context: ServerContext): void {
  const readings = new ToneReadings(context);
  const reasons = new ToneReasons(context, readings);
  const texts = new TaughtTexts(context.documents);
  addFigures(context);
  addToneHover(context, readings, reasons);
  addDocumentReading(context, readings, reasons);
  addTeaching(context, readings, texts);
  addLessons(context);
  const learning = addLearning(context);
  addTagFeatures(context, learning, texts);
  addForget(context, learning);
  addReport(context);
}

const abilities: InitializeResult = {
  serverInfo: { name: "idiolect" },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ["#", "[", ",", "-", '"', "'", " "] },
    codeActionProvider: { codeActionKinds: ["source", "quickfix"] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
};
