import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { serverCommands } from "../protocol/commands.ts";
import { packageVersion } from "../session/package-root.ts";
import type { GivenPlaces } from "../session/places.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import { addServerCommands } from "./command-execution.ts";
import type { ServerContext } from "./context.ts";
import { watchFiles } from "./documents/watched-files.ts";
import { addFigures } from "./figures.ts";
import { addForget } from "./learning/forgetting.ts";
import { addLearning } from "./learning/learning-requests.ts";
import { addReport } from "./report.ts";
import { ServerState } from "./server-state.ts";
import { addTagFeatures } from "./tags/tag-features.ts";
import { addLessons } from "./teaching/lessons.ts";
import { TaughtTexts } from "./teaching/taught-texts.ts";
import { addTeaching } from "./teaching/teaching.ts";
import { teachingKind } from "./teaching/teaching-actions.ts";
import { addDocumentReading } from "./tone/document-reading.ts";
import { addToneHover } from "./tone/tone-hover.ts";
import { ToneReadings } from "./tone/tone-readings.ts";
import { ToneReasons } from "./tone/tone-reasons.ts";

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
    return abilitiesFor(state.client());
  });
  connection.onInitialized(() => {
    watchFiles(state);
    if (!tellsFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      state.changeFolders(added, removed),
    );
  });
  // Some editors send no parameters at all.
  connection.onDidChangeConfiguration((change: { readonly settings: unknown } | null) =>
    state.changeSettings(change?.settings),
  );
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
  addTeaching(context, { readings, texts });
  addLessons(context);
  const learning = addLearning(context);
  addTagFeatures(context, learning, texts);
  addServerCommands(context, { readings, texts }, learning);
  addForget(context, learning);
  addReport(context);
}

/** An editor that runs our commands itself would have two commands for each if the server named its own as well. */
function abilitiesFor({ runsCommands }: ClientAbilities): InitializeResult {
  const codeActionKinds = [CodeActionKind.Source, CodeActionKind.QuickFix];
  return {
    serverInfo: { name: "idiolect", version: packageVersion() },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      completionProvider: { triggerCharacters: ["#", "[", ",", "-", '"', "'", " "] },
      ...(runsCommands
        ? { codeActionProvider: { codeActionKinds } }
        : {
            codeActionProvider: {
              codeActionKinds: [...codeActionKinds, teachingKind],
              resolveProvider: true,
            },
            executeCommandProvider: { commands: Object.values(serverCommands) },
          }),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
