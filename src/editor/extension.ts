import { isAbsolute } from "node:path";
import * as vscode from "vscode";
import type { InitializationOptions } from "../protocol/editor-messages.ts";
import { notifications } from "../protocol/editor-messages.ts";
import { type SettingName, serverSettings, settings } from "../protocol/settings.ts";
import { registerCommands } from "./commands.ts";
import { DocumentReadings } from "./document-readings.ts";
import type { EditorContext } from "./editor-context.ts";
import { createLearningItem } from "./learning-item.ts";
import { LearningState } from "./learning-state.ts";
import { LessonItem } from "./lesson-item.ts";
import { tellWhenGone } from "./offers.ts";
import { isProse } from "./prose-languages.ts";
import { settingsOf, touches } from "./read-settings.ts";
import { ReportPanel } from "./report-panel.ts";
import { SelectionHover } from "./selection-hover.ts";
import { ServerLink } from "./server-link.ts";
import { settingsOfStart } from "./settings.ts";
import { storePlace } from "./store-place.ts";
import { tell } from "./tell.ts";
import { ToneItem } from "./tone-item.ts";
import { TonePanel } from "./tone-panel.ts";

/** Registers everything and returns; the server comes with the first prose document. */
export function activate(extension: vscode.ExtensionContext): void {
  const context = createContext(extension);
  const { server, learning, readings, log, selectionHover, lessonItem, tonePanel, reportPanel } = context;
  server.onNotification(notifications.notice, ({ message, advice }) => void tell(message, advice));
  extension.subscriptions.push(
    log,
    server,
    learning,
    readings,
    selectionHover,
    lessonItem,
    tonePanel,
    reportPanel,
    new ToneItem(readings),
    createLearningItem(server, learning),
    registerCommands(context),
    tellWhenGone(server, log),
    followSettings(server),
    startWithProse(server),
  );
}

function createContext(extension: vscode.ExtensionContext): EditorContext {
  const { extensionUri } = extension;
  const log = vscode.window.createOutputChannel("Idiolect", { log: true });
  const selectionHover = new SelectionHover();
  const server = createServerLink(extension, log, selectionHover);
  const readings = new DocumentReadings(server);
  return {
    log,
    server,
    readings,
    selectionHover,
    learning: new LearningState(server, log),
    lessonItem: new LessonItem(),
    tonePanel: new TonePanel(extensionUri, readings),
    reportPanel: new ReportPanel(extensionUri, server),
  };
}

function createServerLink(
  { extensionUri }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  selectionHover: SelectionHover,
): ServerLink {
  const parts = {
    serverPath: vscode.Uri.joinPath(extensionUri, "dist", "server.js").fsPath,
    log,
    initializationOptions,
    hoverInstead: (document: vscode.TextDocument, position: vscode.Position) =>
      selectionHover.at(document, position),
  };
  return new ServerLink(async (hooks) => {
    const { createLanguageClient } = await import("./language-client.ts");
    return createLanguageClient(parts, hooks);
  }, log);
}

function initializationOptions(): InitializationOptions {
  const { read, value } = settingsOf(undefined);
  return {
    storePath: storePlace(value("storePath")),
    ...(isAbsolute(value("modelPath")) ? { modelPath: value("modelPath") } : {}),
    settings: serverSettings(read),
    runsCommands: true,
    hearsNotifications: true,
  };
}

/** A server that runs is told new settings; one whose paths change is started anew. */
function followSettings(server: ServerLink): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(async (change) => {
    if (touches(change, settingsOfStart) && server.state.kind !== "off") {
      await server.restart();
    } else if (touches(change, Object.keys(settings) as SettingName[])) {
      await server.changeSettings(serverSettings(settingsOf(undefined).read));
    }
  });
}

function startWithProse(server: ServerLink): vscode.Disposable {
  const startFor = (document: vscode.TextDocument) => {
    if (isProse(document)) {
      server.start();
    }
  };
  // After activation has returned, so that it counts nothing of the library's loading.
  const soon = setImmediate(() => vscode.workspace.textDocuments.forEach(startFor));
  return vscode.Disposable.from(vscode.workspace.onDidOpenTextDocument(startFor), {
    dispose: () => clearImmediate(soon),
  });
}
