import * as vscode from "vscode";
import { notifications } from "../protocol/requests.ts";
import { offerAgentTools } from "./agents/agent-tools.ts";
import { FollowedSettings } from "./client/followed-settings.ts";
import { isProse } from "./client/prose.ts";
import { ServerLink } from "./client/server-link.ts";
import { registerCommands } from "./commands.ts";
import type { EditorContext } from "./editor-context.ts";
import { createLearningItem } from "./learning/learning-item.ts";
import { LearningState } from "./learning/learning-state.ts";
import { tell, tellWhenGone } from "./messages/tell.ts";
import { ReportPanel } from "./report/report-panel.ts";
import { offerFirstRound } from "./teaching/first-round.ts";
import { RoundPanel } from "./teaching/round-panel.ts";
import { UndoItem } from "./teaching/undo-item.ts";
import { DocumentReadings } from "./tone/document-readings.ts";
import { SelectionHover } from "./tone/selection-hover.ts";
import { ToneDecorations } from "./tone/tone-decorations.ts";
import { ToneItem } from "./tone/tone-item.ts";
import { TonePanel } from "./tone/tone-panel.ts";
import { VoicePanel } from "./voice/voice-panel.ts";
import { WriterTree } from "./writer/writer-tree.ts";

/** Registers everything and returns; the server comes with the first prose document. */
export function activate(extension: vscode.ExtensionContext): void {
  const followed = new FollowedSettings();
  const context = createContext(extension, followed);
  const {
    server,
    learning,
    readings,
    log,
    selectionHover,
    undoItem,
    tonePanel,
    reportPanel,
    voicePanel,
    roundPanel,
  } = context;
  server.onNotification(notifications.notice, ({ message, advice }) => void tell(message, advice));
  extension.subscriptions.push(
    log,
    server,
    learning,
    readings,
    selectionHover,
    undoItem,
    tonePanel,
    reportPanel,
    voicePanel,
    roundPanel,
    offerFirstRound(learning, extension.globalState),
    new ToneItem(readings),
    new ToneDecorations(readings),
    createLearningItem(server, learning),
    new WriterTree(server, learning),
    registerCommands(context),
    tellWhenGone(server, log),
    followed,
    followed.follow(server),
    offerAgentTools(server),
    startWithProse(server),
  );
}

function createContext(extension: vscode.ExtensionContext, followed: FollowedSettings): EditorContext {
  const { extensionUri } = extension;
  const log = vscode.window.createOutputChannel("Idiolect", { log: true });
  const selectionHover = new SelectionHover();
  const server = createServerLink(extension, followed, log, selectionHover);
  const readings = new DocumentReadings(server);
  const learning = new LearningState(server, log);
  return {
    extension,
    log,
    server,
    readings,
    selectionHover,
    learning,
    undoItem: new UndoItem(),
    tonePanel: new TonePanel(extensionUri, readings),
    reportPanel: new ReportPanel(extensionUri, server, learning),
    voicePanel: new VoicePanel(extensionUri, server),
    roundPanel: new RoundPanel(extensionUri, server, log),
  };
}

function createServerLink(
  { extensionUri }: vscode.ExtensionContext,
  { initializationOptions }: FollowedSettings,
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
    const { createLanguageClient } = await import("./client/language-client.ts");
    return createLanguageClient(parts, hooks);
  }, log);
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
